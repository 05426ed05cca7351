import QtQuick

// The ring around what the keyboard acts on. Place it in the control, which says when.
Rectangle {
    id: root

    required property bool active
    property real gap: 2

    anchors.fill: parent
    anchors.margins: -gap
    radius: Theme.radiusM + gap
    color: "transparent"
    border.color: Theme.focus
    border.width: Theme.focusWidth
    visible: active
    z: 1
}
