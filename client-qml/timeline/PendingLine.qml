pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Ui

// How it stands with a message that the node has not acknowledged, and what one can do about it.
Item {
    id: root

    required property int stage // 1 waiting, 2 sending, 3 host away, 4 failed
    required property real progress
    required property string error

    signal retried
    signal discarded

    readonly property bool failed: stage === 4
    readonly property var texts: ["", qsTr("Waiting to be sent"), progress >= 0 ? qsTr("Sending, %1 %").arg(Math.round(progress * 100)) : qsTr("Sending"), qsTr("Waiting for the guild's host: it is sent when that is back"), error === "" ? qsTr("Not sent") : qsTr("Not sent: %1").arg(error)]

    implicitHeight: Math.max(line.implicitHeight, buttons.implicitHeight)

    Icon {
        id: mark
        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        name: root.failed ? "circle-alert" : root.stage === 3 ? "server-off" : "clock"
        size: Theme.iconSmall
        color: root.failed ? Theme.danger : Theme.muted
    }
    GText {
        id: line
        anchors.left: mark.right
        anchors.leftMargin: Theme.spaceXs
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(implicitWidth, Math.max(40, root.width - buttons.width - mark.width - 2 * Theme.spaceS))
        text: root.texts[root.stage] ?? ""
        kind: GText.Caption
        color: root.failed ? Theme.danger : Theme.muted
    }
    Row {
        id: buttons
        anchors.left: line.right
        anchors.leftMargin: Theme.spaceS
        anchors.verticalCenter: parent.verticalCenter

        GButton {
            visible: root.failed
            small: true
            kind: GButton.Ghost
            activeFocusOnTab: false
            text: qsTr("Try again")
            onClicked: root.retried()
        }
        GButton {
            small: true
            kind: GButton.Ghost
            activeFocusOnTab: false
            text: root.failed ? qsTr("Delete") : qsTr("Cancel")
            onClicked: root.discarded()
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: Math.max(0, root.progress) * Math.min(200, root.width)
        height: 2
        visible: root.progress >= 0
        color: Theme.accent
    }
}
