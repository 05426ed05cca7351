import QtQuick
import QtQuick.Templates as T

// A radio button with its words. The arrow keys go to the others beside it.
T.RadioButton {
    id: root

    property string description: ""

    readonly property real box: Math.round(20 * Theme.fontScale)

    function press() {
        if (checked)
            return;
        toggle();
        toggled();
        clicked();
    }
    function choose(forward: bool) {
        const next = nextItemInFocusChain(forward) as RadioItem;
        if (!next || next.parent !== parent)
            return;
        next.forceActiveFocus(Qt.TabFocusReason);
        next.press();
    }

    implicitWidth: 280
    implicitHeight: Math.max(Theme.rowHeight, words.implicitHeight + 2 * Theme.spaceXs)
    opacity: enabled ? 1 : 0.45
    hoverEnabled: true
    Accessible.role: Accessible.RadioButton
    Accessible.onPressAction: press()
    Accessible.onToggleAction: press()
    Accessible.name: text
    Accessible.description: description
    Accessible.checkable: true
    Accessible.checked: checked
    Keys.onReturnPressed: press()
    Keys.onEnterPressed: press()
    Keys.onUpPressed: choose(false)
    Keys.onDownPressed: choose(true)

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
        radius: width / 2
        color: root.hovered ? Theme.hover : Theme.field
        border.width: 2
        border.color: root.checked ? Theme.accentText : Theme.outline

        Rectangle {
            anchors.centerIn: parent
            visible: root.checked
            width: parent.width / 2
            height: width
            radius: width / 2
            color: Theme.accentText
        }
        KeyboardFocusRing {
            active: root.visualFocus
            radius: height / 2
        }
    }
}
