# How a module, a program and a test are declared; one call each, sources listed by name.
include(CMakeParseArguments)
include(Pch)
include(Unity)

function(guildhall_library name)
    cmake_parse_arguments(ARG "ASIO" "" "SOURCES;DEPS;PRIVATE" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    guildhall_unity(${name})
    target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR})
    target_link_libraries(${name} PUBLIC ${ARG_DEPS} PRIVATE ${ARG_PRIVATE})
    if(ARG_ASIO)
        target_precompile_headers(${name} REUSE_FROM guildhall_pch_asio)
    else()
        target_precompile_headers(${name} REUSE_FROM guildhall_pch_pure)
    endif()
endfunction()

function(guildhall_program name)
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR})
    target_link_libraries(${name} PRIVATE ${ARG_DEPS})
    target_precompile_headers(${name} REUSE_FROM guildhall_pch_asio)
endfunction()

# A libFuzzer program; it exists only where GUILDHALL_FUZZ is on (preset asan). scripts/test runs
# every build/asan/bin/fuzz_*, so the name must start with fuzz_.
function(guildhall_fuzzer name)
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
    if(NOT GUILDHALL_FUZZ)
        return()
    endif()
    # The precompiled header of programs names Asio, whose code is in guildhall_base.
    guildhall_program(${name} SOURCES ${ARG_SOURCES} DEPS ${ARG_DEPS} guildhall_base)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    set_property(GLOBAL APPEND PROPERTY GUILDHALL_FUZZERS ${name})
endfunction()

# A Catch2 program; ctest runs it as one test named like the target. Unit tests run in the other
# presets, so a release build makes them only when asked: scripts/build release test_store.
function(guildhall_test name)
    cmake_parse_arguments(ARG "ASIO" "" "SOURCES;DEPS;LABELS" ${ARGN})  # ASIO: kept, means nothing
    add_executable(${name} ${ARG_SOURCES})
    target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR})
    target_compile_options(${name} PRIVATE ${GUILDHALL_TEST_OPTIONS})
    target_link_libraries(${name} PRIVATE ${ARG_DEPS} guildhall_catch_main)
    target_precompile_headers(${name} REUSE_FROM guildhall_pch_test)
    set_property(GLOBAL APPEND PROPERTY GUILDHALL_UNIT_TESTS ${name})
    file(RELATIVE_PATH folder ${CMAKE_SOURCE_DIR}/tests/unit ${CMAKE_CURRENT_SOURCE_DIR})
    set_property(GLOBAL APPEND PROPERTY GUILDHALL_UNIT_TEST_LINES "${folder} ${name}\n")
    if(CMAKE_BUILD_TYPE STREQUAL Release)
        set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL ON)
        return()
    endif()
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS "unit;${ARG_LABELS}" TIMEOUT 300
        SKIP_REGULAR_EXPRESSION "GUILDHALL-SKIP")
endfunction()
