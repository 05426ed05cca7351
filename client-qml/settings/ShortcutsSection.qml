pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Ui

// All shortcuts; the app brings them.
SectionPage {
    id: root

    property var shortcuts: []

    title: qsTr("Shortcuts")

    Repeater {
        model: root.shortcuts

        Item {
            id: row

            required property var model

            // Of a model a role, of a list a field.
            readonly property var entry: model.modelData ?? model

            width: parent?.width ?? 0
            implicitHeight: Math.max(words.implicitHeight, keys.implicitHeight) + Theme.spaceS
            Accessible.role: Accessible.ListItem
            Accessible.name: qsTr("%1: %2").arg(entry.text ?? "").arg(entry.keys ?? "")

            GText {
                id: words
                anchors.left: parent.left
                anchors.right: keys.left
                anchors.rightMargin: Theme.spaceM
                anchors.verticalCenter: parent.verticalCenter
                text: row.entry.text ?? ""
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
            KeyCap {
                id: keys
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                text: row.entry.keys ?? ""
            }
        }
    }
}
