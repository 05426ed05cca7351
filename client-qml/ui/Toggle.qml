import QtQuick
import QtQuick.Templates as T

// A switch that acts at once, at the end of its line.
T.Switch {
    id: root

    property string description: ""

    function press() {
        toggle();
        toggled();
        clicked();
    }

    implicitWidth: 280
    implicitHeight: Math.max(Theme.rowHeight, words.implicitHeight + 2 * Theme.spaceXs)
    opacity: enabled ? 1 : 0.45
    hoverEnabled: true
    Accessible.role: Accessible.CheckBox
    Accessible.onPressAction: press()
    Accessible.onToggleAction: press()
    Accessible.name: text
    Accessible.description: description
    Accessible.checkable: true
    Accessible.checked: checked
    Keys.onReturnPressed: press()
    Keys.onEnterPressed: press()

    contentItem: Item {
        ChoiceText {
            id: words
            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - track.width - Theme.spaceL
            text: root.text
            description: root.description
        }
    }

    indicator: Rectangle {
        id: track
        x: root.mirrored ? 0 : root.width - width
        y: (root.height - height) / 2
        width: Math.round(40 * Theme.fontScale)
        height: Math.round(24 * Theme.fontScale)
        radius: height / 2
        color: root.checked ? Theme.accent : root.hovered ? Theme.hover : "transparent"
        border.width: root.checked ? 0 : Math.max(2, Theme.borderWidth)
        border.color: Theme.outline

        Rectangle {
            readonly property real inset: root.checked ? 3 : 6

            x: root.visualPosition * (parent.width - parent.height) + inset
            y: inset
            width: parent.height - 2 * inset
            height: width
            radius: width / 2
            color: root.checked ? Theme.accentInk : Theme.muted

            Behavior on x  {
                NumberAnimation {
                    duration: Theme.quick
                }
            }
            Icon {
                anchors.centerIn: parent
                visible: root.checked
                name: "check"
                size: parent.width * 0.75
                color: Theme.accent
            }
        }
        KeyboardFocusRing {
            active: root.visualFocus
            radius: height / 2
        }
    }
}
