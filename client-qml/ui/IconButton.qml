import QtQuick
import QtQuick.Templates as T

// A button that is only an icon. Its text is what the tooltip and a screen reader say.
T.Button {
    id: root

    required property string iconName
    required text
    property real iconSize: Theme.iconMedium
    property color iconColor: checked ? Theme.accentText : hovered || visualFocus ? Theme.text : Theme.muted
    property bool danger: false
    property bool round: false
    property bool showTooltip: true
    property string shortcutText: ""

    function press() {
        if (checkable)
            toggle();
        clicked();
    }

    implicitWidth: implicitHeight
    implicitHeight: Math.max(Theme.isPhone ? 44 : 0, Math.round(iconSize + Theme.spaceM))
    opacity: enabled ? 1 : 0.4
    hoverEnabled: true
    Accessible.role: checkable ? Accessible.CheckBox : Accessible.Button
    Accessible.onPressAction: {
        if (checkable)
            toggle();
        clicked();
    }
    Accessible.onToggleAction: {
        toggle();
        clicked();
    }
    Accessible.name: text
    Accessible.checkable: checkable
    Accessible.checked: checked
    Keys.onReturnPressed: press()
    Keys.onEnterPressed: press()

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: root.iconName
            size: root.iconSize
            color: root.danger && (root.hovered || root.visualFocus) ? Theme.danger : root.iconColor
        }
    }

    background: Rectangle {
        radius: root.round ? height / 2 : Theme.radiusM
        color: root.down ? Theme.pressed : root.checked ? Theme.selected : root.hovered ? Theme.hover : "transparent"

        KeyboardFocusRing {
            active: root.visualFocus
            gap: 0
            radius: parent.radius
        }
    }

    Loader {
        anchors.fill: parent
        active: root.showTooltip && !Theme.isPhone && (root.hovered || root.visualFocus) && !root.down
        sourceComponent: Tooltip {
            // Not Bound: Qt 6.4 does not make bound components of a button.
            // qmllint disable unqualified
            text: root.shortcutText === "" ? root.text : root.text + "  " + root.shortcutText
            // qmllint enable unqualified
            visible: true
        }
    }
}
