import QtQuick
import Guildhall.Core
import Guildhall.Ui

// One file on its way to the disk. What was saved goes from view by itself, what failed does not.
Item {
    id: root

    required property string name
    required property int stage
    required property real progress
    required property string said
    required property bool opens

    signal cancelled
    signal opened
    signal dismissed

    readonly property bool running: stage === FileSaver.Running
    readonly property bool failed: stage === FileSaver.Failed

    implicitHeight: Theme.controlHeight + Theme.spaceXs
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1: %2").arg(name).arg(said)

    Icon {
        id: mark
        anchors.left: parent.left
        anchors.leftMargin: Theme.spaceL
        anchors.verticalCenter: parent.verticalCenter
        name: root.failed ? "circle-alert" : root.running ? "download" : "check"
        size: Theme.iconSmall
        color: root.failed ? Theme.danger : Theme.muted
    }
    GText {
        id: what
        anchors.left: mark.right
        anchors.leftMargin: Theme.spaceS
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(implicitWidth, (buttons.x - x) / 2)
        text: root.name
        kind: GText.Small
        elide: Text.ElideMiddle
        Accessible.ignored: true
    }
    GText {
        anchors.left: what.right
        anchors.right: buttons.left
        anchors.leftMargin: Theme.spaceS
        anchors.verticalCenter: parent.verticalCenter
        text: root.said
        kind: GText.Small
        color: root.failed ? Theme.danger : Theme.muted
        Accessible.ignored: true
    }
    Row {
        id: buttons
        anchors.right: parent.right
        anchors.rightMargin: Theme.spaceM
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.spaceXs

        GButton {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.stage === FileSaver.Saved
            small: true
            kind: GButton.Ghost
            text: root.opens ? qsTr("Open") : qsTr("Show folder")
            onClicked: root.opened()
        }
        IconButton {
            anchors.verticalCenter: parent.verticalCenter
            iconName: "x"
            iconSize: Theme.iconSmall
            text: root.running ? qsTr("Cancel saving %1").arg(root.name) : qsTr("Dismiss")
            onClicked: root.running ? root.cancelled() : root.dismissed()
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: Math.max(0, root.progress) * parent.width
        height: 2
        visible: root.running && root.progress >= 0
        color: Theme.accent
    }
    HoverHandler {
        id: over
    }
    Timer {
        interval: 20000
        running: root.stage === FileSaver.Saved && !over.hovered
        onTriggered: root.dismissed()
    }
}
