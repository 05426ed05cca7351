pragma ComponentBehavior: Bound

import QtQuick
import QtQml
import Guildhall.App

// Binds every shortcut of the table that belongs to the whole window.
Instantiator {
    id: root

    signal triggered(string action)

    model: Shortcuts {
    }
    delegate: Shortcut {
        required property string action
        required property string keys
        required property bool global

        sequence: global ? keys : ""
        enabled: global
        context: Qt.WindowShortcut
        onActivated: root.triggered(action)
        onActivatedAmbiguously: root.triggered(action)
    }
}
