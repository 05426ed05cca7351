import QtQuick
import QtQuick.Templates as T
import Guildhall.Ui

// A round button of the rail that is no guild: direct messages, a new guild.
T.AbstractButton {
    id: root

    required property string iconName
    property bool current: false
    property bool unread: false
    property int mentions: 0

    implicitWidth: Theme.railWidth
    implicitHeight: Theme.tileSize + Theme.spaceXs
    activeFocusOnTab: true
    Accessible.role: Accessible.Button
    Accessible.name: mentions > 0 ? qsTr("%1, %2").arg(text).arg(qsTr("%n mention(s)", "", mentions)) : unread ? qsTr("%1, %2").arg(text).arg(qsTr("unread")) : text
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    contentItem: Item {
        Rectangle {
            anchors.centerIn: parent
            width: Theme.tileSize
            height: Theme.tileSize
            radius: root.current || root.hovered ? Theme.spaceL : Theme.tileSize / 2
            color: root.current || root.hovered ? Theme.accent : Theme.surface

            Icon {
                anchors.centerIn: parent
                name: root.iconName
                size: Theme.iconMedium
                color: root.current || root.hovered ? Theme.accentInk : Theme.text
            }
            KeyboardFocusRing {
                active: root.visualFocus
                radius: parent.radius
            }
        }
    }
    Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        x: root.mirrored ? root.width - 4 : 0
        width: 4
        height: 8
        radius: 2
        color: Theme.text
        visible: root.unread && !root.current
    }
    Badge {
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.rightMargin: Theme.spaceS
        visible: root.mentions > 0
        count: root.mentions
        mention: true
    }
    Loader {
        active: root.hovered
        sourceComponent: Tooltip {
            text: root.text
            visible: root.hovered
        }
    }
}
