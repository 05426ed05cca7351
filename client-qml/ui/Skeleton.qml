pragma ComponentBehavior: Bound

import QtQuick

// The shape of what is still loading. Breathes, unless motion is reduced.
Item {
    id: root

    property int lines: 2
    property bool avatar: true

    readonly property real start: avatar ? Theme.avatarMedium + Theme.spaceL : 0

    implicitWidth: 320
    implicitHeight: Math.max(avatar ? Theme.avatarMedium : 0, lines * (Theme.fontBody + Theme.spaceS))
    Accessible.role: Accessible.Indicator
    Accessible.name: qsTr("Loading")

    OpacityAnimator on opacity  {
        from: 1
        to: 0.5
        duration: 900
        loops: Animation.Infinite
        easing.type: Easing.CosineCurve
        running: root.visible && !Theme.reducedMotion
    }
    Rectangle {
        visible: root.avatar
        anchors.left: parent.left
        width: Theme.avatarMedium
        height: width
        radius: width / 2
        color: Theme.pressed
    }
    Repeater {
        model: root.lines

        Rectangle {
            required property int index

            anchors.left: root.left
            anchors.leftMargin: root.start
            y: index * (Theme.fontBody + Theme.spaceS) + 3
            width: (root.width - root.start) * [0.35, 0.9, 0.7, 0.8][index % 4]
            height: Theme.fontBody - 3
            radius: height / 2
            color: Theme.pressed
        }
    }
}
