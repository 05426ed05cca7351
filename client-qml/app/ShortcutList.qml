import QtQuick
import QtQuick.Templates as T
import Guildhall.App
import Guildhall.Ui

// Every shortcut with what it does.
ModalDialog {
    id: root

    title: qsTr("Keyboard shortcuts")
    rejectText: ""
    acceptText: qsTr("Close")
    wantedWidth: 560

    ListView {
        width: parent?.width ?? 0
        height: Math.min(contentHeight, 480)
        clip: true
        model: Shortcuts {
        }
        section.property: "group"
        section.delegate: SectionHeader {
            required property string section
            width: ListView.view?.width ?? 0
            text: section
        }
        T.ScrollBar.vertical: ScrollBar {
        }
        delegate: Item {
            id: row

            required property string keys
            required property string text

            width: ListView.view?.width ?? 0
            height: Math.max(Theme.rowHeight, what.implicitHeight + Theme.spaceS)
            Accessible.role: Accessible.ListItem
            Accessible.name: qsTr("%1: %2").arg(keys).arg(text)

            GText {
                id: what
                anchors.left: parent.left
                anchors.right: caps.left
                anchors.rightMargin: Theme.spaceS
                anchors.verticalCenter: parent.verticalCenter
                text: row.text
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
            Row {
                id: caps
                anchors.right: parent.right
                anchors.rightMargin: Theme.spaceM
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.spaceXs

                Repeater {
                    model: row.keys.split(/\+(?!$)/)

                    KeyCap {
                        required property string modelData
                        text: modelData
                    }
                }
            }
        }
    }
}
