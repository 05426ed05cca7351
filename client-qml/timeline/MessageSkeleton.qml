pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Ui

// Shapes of messages, while nothing is known of a channel yet.
Column {
    id: root

    spacing: Theme.spaceL
    Accessible.role: Accessible.Animation
    Accessible.name: qsTr("Loading messages")

    Repeater {
        model: [220, 340, 160, 420, 280]

        Item {
            id: one
            required property int modelData
            width: root.width
            height: Theme.avatarMedium + Theme.spaceS

            Rectangle {
                id: face
                anchors.left: parent.left
                anchors.leftMargin: Theme.spaceL
                width: Theme.avatarMedium
                height: width
                radius: width / 2
                color: Theme.hover
            }
            Rectangle {
                id: name
                anchors.left: face.right
                anchors.leftMargin: Theme.spaceM
                width: 110
                height: Theme.fontBody
                radius: height / 2
                color: Theme.hover
            }
            Rectangle {
                anchors.left: name.left
                anchors.top: name.bottom
                anchors.topMargin: Theme.spaceS
                width: Math.min(one.modelData, parent.width - 2 * Theme.avatarMedium)
                height: Theme.fontBody
                radius: height / 2
                color: Theme.hover
            }
        }
    }
}
