import QtQuick
import Guildhall.Ui

// What a row lies on: its tint, the edge of one that calls oneself, the keyboard's ring.
Rectangle {
    id: root

    required property bool flashing
    required property bool mentioned
    required property bool hovered
    required property bool current

    color: flashing ? Theme.selected : mentioned ? Theme.mentionTint : hovered ? Theme.hover : "transparent"

    Rectangle {
        width: 3
        height: parent.height
        anchors.left: parent.left
        visible: root.mentioned
        color: Theme.warning
    }
    KeyboardFocusRing {
        active: root.current
        gap: -2
    }
}
