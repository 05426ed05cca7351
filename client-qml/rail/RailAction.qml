import QtQuick
import QtQuick.Templates as T
import Guildhall.Ui

// A round button of the rail that is no guild: direct messages, a new guild.
T.AbstractButton {
    id: root

    required property string iconName
    property bool current: false
    property bool unread: false

    implicitWidth: 72
    implicitHeight: 52
    activeFocusOnTab: true
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    contentItem: Item {
        Rectangle {
            anchors.centerIn: parent
            width: 48
            height: 48
            radius: root.current || root.hovered ? 16 : 24
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
    Loader {
        active: root.hovered
        sourceComponent: Tooltip {
            text: root.text
            visible: root.hovered
        }
    }
}
