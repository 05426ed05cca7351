# Compiler-wide settings: language level, warnings, hardening, linker, compiler cache, sanitizers.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

option(GUILDHALL_TESTS "Build tests, fuzzers and benchmarks" ON)
option(GUILDHALL_NODE "Build the node and its tools" ON)
option(GUILDHALL_FUZZ "Instrument for libFuzzer and build the fuzzers" OFF)
# Where Qt is: a server has no use for it, so scripts/setup brings it only when asked.
find_package(Qt6 6.4 QUIET COMPONENTS Quick)
option(GUILDHALL_CLIENT "Build the QML client" ${Qt6_FOUND})
set(GUILDHALL_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize takes them")

find_program(CCACHE ccache)
if(CCACHE)
    # What a precompiled header needs, and no more: with the time stamps of headers left out too, an
    # object compiled while a header was being edited would be kept under the wrong contents.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wimplicit-fallthrough
    -Wno-unused-parameter -Wno-missing-field-initializers
    $<$<COMPILE_LANG_AND_ID:CXX,Clang>:-Wno-missing-designated-field-initializers>)
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
    add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
    find_program(LLD NAMES ld.lld-19 ld.lld)
    if(LLD)
        add_link_options(--ld-path=${LLD})
    endif()
endif()

# Hardening. Every target is a program or a static part of one, so all code is position independent
# for executables; one flag for all also lets them share a precompiled header.
add_compile_options(-fPIE -fstack-protector-strong -fstack-clash-protection -fcf-protection)
add_link_options(-pie -Wl,-z,relro,-z,now,-z,noexecstack)
if(CMAKE_BUILD_TYPE STREQUAL Release)
    # Sections that nothing refers to are dropped, which keeps the node and its link small.
    add_compile_definitions(_FORTIFY_SOURCE=2)
    add_compile_options(-ffunction-sections -fdata-sections)
    add_link_options(-Wl,--gc-sections)
endif()

# What is compiled for one run is not worth optimising: sources of tests, not of what they test.
set(GUILDHALL_TEST_OPTIONS)
if(GUILDHALL_SANITIZE)
    set(GUILDHALL_TEST_OPTIONS -O0)
endif()

if(GUILDHALL_SANITIZE)
    add_compile_options(-fsanitize=${GUILDHALL_SANITIZE} -fno-omit-frame-pointer
        -fno-sanitize-recover=all)
    # Programs of tests are many and large; their line tables shrink to a third.
    add_link_options(-fsanitize=${GUILDHALL_SANITIZE} -Wl,--compress-debug-sections=zlib)
endif()
if(GUILDHALL_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
