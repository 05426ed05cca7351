# The QML client: how its libraries, modules and tests are declared. Qt 6.4 is enough.
#   guildhall_client_library(name SOURCES ... DEPS ...)       C++ only
#   guildhall_client_module(name URI U SOURCES ... QML ... [SINGLETONS ...] [IMPORTS ...]
#                           [RESOURCES ...] [DEPS ...] [INTERPRETED])
#   guildhall_client_test(name SOURCES ... DEPS ...)          Qt Test or Qt Quick Test, offscreen
#   guildhall_client_fuzzer(name SOURCES ... DEPS ...)        libFuzzer, where GUILDHALL_FUZZ is on
find_package(Qt6 6.4 REQUIRED COMPONENTS Core DBus Gui Network WebSockets Sql Qml Quick
    QuickControls2 Svg LinguistTools)
find_package(Qt6Keychain REQUIRED)
if(GUILDHALL_TESTS)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Test QuickTest)
endif()
set(QT_QML_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/qml)

# One precompiled header for all of the client: Qt's headers are most of what it compiles.
set(GUILDHALL_PCH_CLIENT <algorithm> <functional> <memory> <optional> <string> <utility> <vector>
    <QAbstractListModel> <QByteArray> <QHash> <QJsonArray> <QJsonDocument> <QJsonObject> <QObject>
    <QPointer> <QString> <QStringList> <QTimer> <QUrl> <QVariant> <QtQml/qqmlregistration.h>)
set(carrier ${CMAKE_BINARY_DIR}/pch/client.cpp)
if(NOT EXISTS ${carrier})
    file(WRITE ${carrier} "// Carries the precompiled header of its kind.\n")
endif()
add_library(guildhall_pch_client OBJECT EXCLUDE_FROM_ALL ${carrier})
target_link_libraries(guildhall_pch_client PRIVATE Qt6::Core Qt6::Qml Qt6::Quick Qt6::Network)
target_precompile_headers(guildhall_pch_client PRIVATE ${GUILDHALL_PCH_CLIENT})

function(guildhall_client_settings name)
    target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR})
    target_compile_definitions(${name} PRIVATE QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII
        QT_NO_FOREACH QT_STRICT_ITERATORS)
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
endfunction()

function(guildhall_client_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    guildhall_client_settings(${name})
    target_link_libraries(${name} PUBLIC ${ARG_DEPS})
    target_precompile_headers(${name} REUSE_FROM guildhall_pch_client)
endfunction()

# A QML module with the C++ types beside it: `name`, and `nameplugin`, which a program links too.
# Bindings are compiled ahead of time where it counts: not in pages that open seldom (INTERPRETED),
# whose code would be a third of the build, and not where an edit is to show soon (dev, client).
function(guildhall_client_module name)
    cmake_parse_arguments(ARG "INTERPRETED" "URI" "SOURCES;QML;SINGLETONS;IMPORTS;RESOURCES;DEPS"
        ${ARGN})
    set(cachegen)
    if(ARG_INTERPRETED OR NOT CMAKE_BUILD_TYPE STREQUAL Release)
        set(cachegen NO_CACHEGEN)
    endif()
    set_source_files_properties(${ARG_SINGLETONS} PROPERTIES QT_QML_SINGLETON_TYPE TRUE)
    add_library(${name} STATIC)
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    # qmllint looks for the types of properties in what a module says it needs.
    set(needed QtQuick QtQml.Models)
    if(guildhall_client_core IN_LIST ARG_DEPS)
        list(APPEND needed Guildhall.Core)
    endif()
    qt_add_qml_module(${name} URI ${ARG_URI} VERSION 1.0 RESOURCE_PREFIX /qt/qml
        DEPENDENCIES ${needed} IMPORTS ${ARG_IMPORTS}
        SOURCES ${ARG_SOURCES} QML_FILES ${ARG_QML} ${ARG_SINGLETONS} RESOURCES ${ARG_RESOURCES}
        ${cachegen})
    guildhall_client_settings(${name})
    # Byte code only: the C++ that Qt 6.4.2 makes of bindings reads properties of null objects.
    set_target_properties(${name} PROPERTIES QT_QMLCACHEGEN_ARGUMENTS "--only-bytecode")
    # Generated registrations name headers by their file only.
    foreach(source ${ARG_SOURCES})
        get_filename_component(folder ${source} DIRECTORY)
        target_include_directories(${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/${folder})
    endforeach()
    target_precompile_headers(${name} REUSE_FROM guildhall_pch_client)
    target_link_libraries(${name} PUBLIC ${ARG_DEPS} Qt6::Quick Qt6::QuickControls2)
    set_property(GLOBAL APPEND PROPERTY GUILDHALL_CLIENT_MODULES ${name}plugin)
endfunction()

function(guildhall_client_test name)
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    guildhall_client_settings(${name})
    target_link_libraries(${name} PRIVATE ${ARG_DEPS} Qt6::Test)
    set_property(GLOBAL APPEND PROPERTY GUILDHALL_CLIENT_TESTS ${name})
    file(RELATIVE_PATH folder ${CMAKE_SOURCE_DIR}/tests/qml ${CMAKE_CURRENT_SOURCE_DIR})
    set_property(GLOBAL APPEND PROPERTY GUILDHALL_CLIENT_TEST_LINES "${folder} ${name}\n")
    if(folder MATCHES "^core")
        set_property(GLOBAL APPEND PROPERTY GUILDHALL_CLIENT_CORE_TESTS ${name})
    endif()
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS client TIMEOUT 300
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_QUICK_BACKEND=software")
endfunction()

# Like guildhall_fuzzer: scripts/test runs every build/asan/bin/fuzz_*.
function(guildhall_client_fuzzer name)
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
    if(NOT GUILDHALL_FUZZ)
        return()
    endif()
    add_executable(${name} ${ARG_SOURCES})
    guildhall_client_settings(${name})
    target_link_libraries(${name} PRIVATE ${ARG_DEPS})
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    set_property(GLOBAL APPEND PROPERTY GUILDHALL_FUZZERS ${name})
endfunction()
