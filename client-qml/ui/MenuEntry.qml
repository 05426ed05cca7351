import QtQuick
import QtQuick.Templates as T

// One line of a Menu.
T.MenuItem {
    id: root

    property string iconName: ""
    property string shortcutText: ""
    property bool danger: false

    readonly property color ink: danger ? Theme.danger : Theme.text

    implicitWidth: leftPadding + rightPadding + label.implicitWidth + (shortcut.visible ? shortcut.implicitWidth + Theme.spaceXl : 0)
    implicitHeight: visible ? Theme.rowHeight : 0
    leftPadding: mirrored ? Theme.spaceM : start
    rightPadding: mirrored ? start : Theme.spaceM
    opacity: enabled ? 1 : 0.45
    hoverEnabled: true
    Accessible.role: Accessible.MenuItem
    Accessible.onPressAction: clicked()
    Accessible.name: text
    Accessible.checkable: checkable
    Accessible.checked: checked
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    readonly property real start: Theme.spaceM + (mark.name === "" ? 0 : Theme.iconSmall + Theme.spaceM)

    contentItem: Item {
        GText {
            id: label
            anchors.left: parent.left
            anchors.right: shortcut.visible ? shortcut.left : parent.right
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            font.pixelSize: Theme.fontControl
            color: root.ink
            Accessible.ignored: true
        }
        GText {
            id: shortcut
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            visible: text !== "" && !Theme.isPhone
            text: root.shortcutText
            kind: GText.Caption
            muted: true
            Accessible.ignored: true
        }
    }

    background: Rectangle {
        radius: Theme.radiusM - 2
        color: root.down ? Theme.pressed : root.highlighted || root.hovered ? Theme.hover : "transparent"
        border.width: root.visualFocus ? Theme.focusWidth : 0
        border.color: Theme.focus

        Icon {
            id: mark
            anchors.left: parent.left
            anchors.leftMargin: Theme.spaceM
            anchors.verticalCenter: parent.verticalCenter
            name: root.checkable ? "check" : root.iconName
            opacity: root.checkable && !root.checked ? 0 : 1
            size: Theme.iconSmall
            color: root.danger ? Theme.danger : Theme.muted
        }
    }
}
