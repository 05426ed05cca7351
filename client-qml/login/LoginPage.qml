pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Core
import Guildhall.Login
import Guildhall.Ui

// The first run, another account, or a session that ended.
FocusScope {
    id: root

    property string startNode: ""
    property Account expired: null
    property bool cancellable: false
    property string invite: "" // one that waits until somebody is logged in
    property string inviteNode: ""

    signal done
    signal cancelled

    function begin(): void {
        login.address = expired ? expired.nodeUrl : startNode;
        if (expired)
            login.check();
        else
            login.look();
        if (nodeStep.visible)
            nodeStep.enter();
    }

    focus: true
    Keys.onEscapePressed: if (root.cancellable)
        root.cancelled()
    Component.onCompleted: begin()
    onStartNodeChanged: if (login.step === "node")
        begin()
    onExpiredChanged: if (login.address !== "")
        begin()

    LoginModel {
        id: login
        invite: root.invite
        inviteNode: root.inviteNode
        onDone: root.done()
    }
    Rectangle {
        anchors.fill: parent
        color: Theme.rail
    }
    ScrollArea {
        anchors.fill: parent
        contentHeight: card.height + 2 * Theme.spaceXl

        Rectangle {
            id: card
            width: Math.min(440, parent.width - 2 * Theme.spaceL)
            height: column.height + 2 * Theme.spaceXl
            x: (parent.width - width) / 2
            y: Math.max(Theme.spaceXl, (root.height - height) / 2)
            radius: Theme.radiusL
            color: Theme.surface
            border.width: Theme.borderWidth
            border.color: Theme.divider

            Column {
                id: column
                x: Theme.spaceXl
                y: Theme.spaceXl
                width: parent.width - 2 * Theme.spaceXl
                spacing: Theme.spaceL

                Image {
                    anchors.horizontalCenter: parent.horizontalCenter
                    source: "icons/guildhall.svg"
                    sourceSize: Qt.size(64, 64)
                    Accessible.ignored: true
                }
                GText {
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    kind: GText.Heading
                    text: root.expired ? qsTr("Log in again") : login.step === "person" ? qsTr("Who are you?") : qsTr("Welcome to Guildhall")
                    Accessible.role: Accessible.Heading
                    Accessible.name: text
                }
                Banner {
                    width: parent.width
                    visible: root.invite !== ""
                    height: visible ? implicitHeight : 0
                    tone: Banner.Info
                    text: login.inviteGuild !== "" ? qsTr("You are invited to %1. It opens when you are logged in.").arg(login.inviteGuild) : qsTr("You have an invite. It opens when you are logged in.")
                }
                NodeStep {
                    id: nodeStep
                    width: parent.width
                    visible: login.step !== "person"
                    login: login
                }
                PersonStep {
                    width: parent.width
                    visible: login.step === "person"
                    login: login
                    expiredName: root.expired?.username ?? ""
                }
                GButton {
                    anchors.horizontalCenter: parent.horizontalCenter
                    visible: root.cancellable
                    kind: GButton.Ghost
                    text: qsTr("Cancel")
                    onClicked: root.cancelled()
                }
            }
        }
    }
}
