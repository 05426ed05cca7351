import QtQuick

// What one can do with the text of a field: cut, copy, paste, select. Place it in a field's Loader
// and open it on a right click or a long press.
Menu {
    id: root

    required property var field // a TextInput or TextEdit
    property bool secret: false // a password is not copied

    readonly property bool chosen: field.selectedText !== "" && !secret

    MenuEntry {
        text: qsTr("Cut")
        iconName: "scissors"
        shortcutText: "Ctrl+X"
        enabled: root.chosen && !root.field.readOnly
        onTriggered: root.field.cut()
    }
    MenuEntry {
        text: qsTr("Copy")
        iconName: "copy"
        shortcutText: "Ctrl+C"
        enabled: root.chosen
        onTriggered: root.field.copy()
    }
    MenuEntry {
        text: qsTr("Paste")
        iconName: "clipboard-paste"
        shortcutText: "Ctrl+V"
        enabled: root.field.canPaste
        onTriggered: root.field.paste()
    }
    MenuLine {
    }
    MenuEntry {
        text: qsTr("Select all")
        iconName: "text-select"
        shortcutText: "Ctrl+A"
        enabled: root.field.length > 0
        onTriggered: root.field.selectAll()
    }
}
