# What makes a program an application: `cmake --install` puts it where a desktop finds it; on
# Android, what its package holds. docs/CLIENT.md says how either is built.
if(ANDROID)
    set_target_properties(guildhall-client PROPERTIES
        QT_ANDROID_PACKAGE_SOURCE_DIR ${CMAKE_CURRENT_SOURCE_DIR}/packaging/android
        QT_ANDROID_MIN_SDK_VERSION 26
        QT_ANDROID_TARGET_SDK_VERSION 34
        QT_ANDROID_VERSION_NAME ${PROJECT_VERSION}
        QT_ANDROID_VERSION_CODE 1)
    qt_android_generate_deployment_settings(guildhall-client)
    qt_android_add_apk_target(guildhall-client)
    return()
endif()

include(GNUInstallDirs)
install(TARGETS guildhall-client COMPONENT client)
install(FILES packaging/guildhall-client.desktop
    DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT client)
install(FILES packaging/org.guildhall.client.metainfo.xml
    DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo COMPONENT client)
install(FILES icons/guildhall.svg RENAME guildhall-client.svg
    DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps COMPONENT client)
