pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Core

// One's own settings, section by section.
FocusScope {
    id: root

    required property Account account
    property alias section: frame.current
    property var shortcuts: []
    property var extraSections: []

    signal closed
    signal logOutRequested(string key)

    function back() {
        frame.backByKey();
    }

    implicitWidth: frame.implicitWidth
    implicitHeight: frame.implicitHeight
    Keys.onEscapePressed: back()
    Keys.onBackPressed: back()

    SettingsFrame {
        id: frame
        anchors.fill: parent
        focus: true
        title: qsTr("Settings")
        sections: [{
                "key": "account",
                "title": qsTr("My account"),
                "icon": "circle-user",
                "component": accountPage
            }, {
                "key": "appearance",
                "title": qsTr("Appearance"),
                "icon": "palette",
                "component": appearance
            }, {
                "key": "language",
                "title": qsTr("Language"),
                "icon": "languages",
                "component": language
            }, {
                "key": "notifications",
                "title": qsTr("Notifications"),
                "icon": "bell",
                "component": notifications
            }, {
                "key": "privacy",
                "title": qsTr("Privacy"),
                "icon": "eye-off",
                "component": privacy
            }, {
                "key": "storage",
                "title": qsTr("Storage"),
                "icon": "database",
                "component": storage
            }, {
                "key": "shortcuts",
                "title": qsTr("Shortcuts"),
                "icon": "keyboard",
                "component": shortcutsPage
            }, {
                "key": "about",
                "title": qsTr("About"),
                "icon": "info",
                "component": about
            }].concat(root.extraSections)
        onClosed: root.closed()
    }
    Component {
        id: accountPage

        AccountSection {
            account: root.account
            onLogOutRequested: root.logOutRequested(root.account.key)
        }
    }
    Component {
        id: appearance

        AppearanceSection {
        }
    }
    Component {
        id: language

        LanguageSection {
        }
    }
    Component {
        id: notifications

        NotificationsSection {
            account: root.account
        }
    }
    Component {
        id: privacy

        PrivacySection {
        }
    }
    Component {
        id: storage

        StorageSection {
            account: root.account
        }
    }
    Component {
        id: shortcutsPage

        ShortcutsSection {
            shortcuts: root.shortcuts
        }
    }
    Component {
        id: about

        AboutSection {
        }
    }
}
