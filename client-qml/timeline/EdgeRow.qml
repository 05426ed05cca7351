import QtQuick
import Guildhall.Ui

// Where the window ends: more is under way, could not be had, or there is nothing before it.
Item {
    id: root

    required property string edge // "loading", "failed" or "start"
    required property string channelName

    signal retried

    implicitHeight: edge === "start" ? start.implicitHeight + 2 * Theme.spaceXl : edge === "failed" ? Theme.controlHeight * 2 : Theme.rowHeight * 2

    Spinner {
        anchors.centerIn: parent
        visible: root.edge === "loading"
        running: visible
    }
    Column {
        anchors.centerIn: parent
        visible: root.edge === "failed"
        spacing: Theme.spaceXs

        GText {
            anchors.horizontalCenter: parent.horizontalCenter
            text: qsTr("Messages could not be loaded.")
            kind: GText.Small
            muted: true
        }
        GButton {
            anchors.horizontalCenter: parent.horizontalCenter
            small: true
            activeFocusOnTab: false
            text: qsTr("Try again")
            onClicked: root.retried()
        }
    }
    Column {
        id: start
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.spaceL
        anchors.verticalCenter: parent.verticalCenter
        visible: root.edge === "start"
        spacing: Theme.spaceXs

        GText {
            width: parent.width
            text: root.channelName
            kind: GText.Display
        }
        GText {
            width: parent.width
            text: qsTr("This is the start of %1.").arg(root.channelName)
            muted: true
            wrapMode: Text.Wrap
        }
    }
}
