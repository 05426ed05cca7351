# Precompiled headers, one per kind of code and shared by every target of that kind: building one
# costs seconds, so a library of its own would pay for it again and again. What is listed here is
# still included by the files that use it; the lists only save time.
set(GUILDHALL_PCH_PURE <algorithm> <array> <cstdint> <map> <memory> <optional> <span> <string>
    <string_view> <utility> <variant> <vector> <boost/describe.hpp> <boost/json.hpp>
    <boost/system/result.hpp>)
set(GUILDHALL_PCH_ASIO ${GUILDHALL_PCH_PURE} <atomic> <chrono> <functional> <mutex> <unordered_map>
    <boost/asio/any_io_executor.hpp> <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp>
    <boost/asio/io_context.hpp> <boost/asio/post.hpp> <boost/asio/steady_timer.hpp>
    <boost/asio/use_awaitable.hpp>)
set(GUILDHALL_PCH_TEST ${GUILDHALL_PCH_ASIO} <catch2/catch.hpp>)

function(guildhall_pch kind)
    set(source ${CMAKE_BINARY_DIR}/pch/${kind}.cpp)
    if(NOT EXISTS ${source})
        file(WRITE ${source} "// Carries the precompiled header of its kind.\n")
    endif()
    add_library(guildhall_pch_${kind} OBJECT EXCLUDE_FROM_ALL ${source})
    target_include_directories(guildhall_pch_${kind} PRIVATE ${CMAKE_SOURCE_DIR})
    target_link_libraries(guildhall_pch_${kind} PRIVATE guildhall_boost)
    target_precompile_headers(guildhall_pch_${kind} PRIVATE ${ARGN})
endfunction()

guildhall_pch(pure ${GUILDHALL_PCH_PURE})
guildhall_pch(asio ${GUILDHALL_PCH_ASIO})
if(GUILDHALL_TESTS)
    guildhall_pch(test ${GUILDHALL_PCH_TEST})
    target_compile_options(guildhall_pch_test PRIVATE ${GUILDHALL_TEST_OPTIONS})
endif()
