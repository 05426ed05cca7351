import QtQuick
import Guildhall.Core

// UserSettingsContent as a dialog.
ContentPopup {
    id: root

    required property Account account
    property string section: ""
    property var shortcuts: []
    property var extraSections: []

    signal logOutRequested(string key)

    title: qsTr("Settings")
    large: true
    body: UserSettingsContent {
        account: root.account
        section: root.section
        shortcuts: root.shortcuts
        extraSections: root.extraSections
        onLogOutRequested: key => root.logOutRequested(key)
        onClosed: root.close()
    }
}
