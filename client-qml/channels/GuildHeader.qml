pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Guildhall.Ui

// The guild's name above its channels; a press opens what one can do with the guild.
T.AbstractButton {
    id: root

    property string note: ""

    implicitHeight: Theme.headerHeight
    activeFocusOnTab: true
    Accessible.role: Accessible.ButtonMenu
    Accessible.name: note === "" ? text : text + ", " + note
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()
    Keys.onMenuPressed: root.clicked()

    background: Rectangle {
        color: root.hovered ? Theme.hover : "transparent"

        Divider {
            anchors.bottom: parent.bottom
            width: parent.width
        }
        KeyboardFocusRing {
            active: root.visualFocus
        }
    }
    contentItem: Item {
        Column {
            anchors.left: parent.left
            anchors.leftMargin: Theme.spaceL
            anchors.right: arrow.left
            anchors.verticalCenter: parent.verticalCenter

            GText {
                width: parent.width
                kind: GText.Title
                text: root.text
                elide: Text.ElideRight
                wrapMode: Text.NoWrap
            }
            GText {
                width: parent.width
                visible: root.note !== ""
                kind: GText.Caption
                color: Theme.warning
                text: root.note
                elide: Text.ElideRight
                wrapMode: Text.NoWrap
            }
        }
        Icon {
            id: arrow
            anchors.right: parent.right
            anchors.rightMargin: Theme.spaceM
            anchors.verticalCenter: parent.verticalCenter
            name: "chevron-down"
            size: Theme.iconSmall
            color: Theme.muted
        }
    }
}
