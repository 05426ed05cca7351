# How a module, a program and a test are declared; one call each, sources listed by name.
include(CMakeParseArguments)

# Precompiled headers live in two interface sets: PURE (protocol, federation) and ASIO (node).
set(GUILDHALL_PCH_PURE <algorithm> <array> <cstdint> <map> <memory> <optional> <span> <string>
    <string_view> <utility> <variant> <vector>)
set(GUILDHALL_PCH_ASIO ${GUILDHALL_PCH_PURE} <chrono> <functional> <unordered_map>
    <boost/asio/any_io_executor.hpp> <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp>
    <boost/asio/io_context.hpp> <boost/asio/use_awaitable.hpp> <boost/system/result.hpp>)

function(guildhall_library name)
    cmake_parse_arguments(ARG "ASIO" "" "SOURCES;DEPS;PRIVATE" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR})
    target_link_libraries(${name} PUBLIC ${ARG_DEPS} PRIVATE ${ARG_PRIVATE})
    if(ARG_ASIO)
        target_precompile_headers(${name} PRIVATE ${GUILDHALL_PCH_ASIO})
    else()
        target_precompile_headers(${name} PRIVATE ${GUILDHALL_PCH_PURE})
    endif()
endfunction()

function(guildhall_program name)
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR})
    target_link_libraries(${name} PRIVATE ${ARG_DEPS})
endfunction()

# A Catch2 program; ctest runs it as one test named like the target.
function(guildhall_test name)
    cmake_parse_arguments(ARG "ASIO" "" "SOURCES;DEPS;LABELS" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR})
    target_link_libraries(${name} PRIVATE ${ARG_DEPS} guildhall_catch_main)
    if(ARG_ASIO)
        target_precompile_headers(${name} PRIVATE ${GUILDHALL_PCH_ASIO} <catch2/catch.hpp>)
    else()
        target_precompile_headers(${name} PRIVATE ${GUILDHALL_PCH_PURE} <catch2/catch.hpp>)
    endif()
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS "unit;${ARG_LABELS}" TIMEOUT 300
        SKIP_REGULAR_EXPRESSION "GUILDHALL-SKIP")
endfunction()
