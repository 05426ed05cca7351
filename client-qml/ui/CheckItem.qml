import QtQuick
import QtQuick.Templates as T

// A check box with its words.
T.CheckBox {
    id: root

    property string description: ""

    readonly property real box: Math.round(20 * Theme.fontScale)
    readonly property bool marked: checkState !== Qt.Unchecked

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
            anchors.leftMargin: root.box + Theme.spaceM
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            description: root.description
        }
    }

    indicator: Rectangle {
        x: root.mirrored ? root.width - width : 0
        y: (root.height - height) / 2
        width: root.box
        height: root.box
        radius: Theme.radiusS + 1
        color: root.marked ? Theme.accent : root.hovered ? Theme.hover : Theme.field
        border.width: root.marked ? 0 : Math.max(2, Theme.borderWidth)
        border.color: Theme.outline

        Icon {
            anchors.centerIn: parent
            visible: root.marked
            name: root.checkState === Qt.PartiallyChecked ? "minus" : "check"
            size: parent.width * 0.8
            color: Theme.accentInk
        }
        KeyboardFocusRing {
            active: root.visualFocus
        }
    }
}
