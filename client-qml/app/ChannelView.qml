pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.App
import Guildhall.Composer
import Guildhall.Core
import Guildhall.Timeline
import Guildhall.Ui

// The open channel: header, what stands in the way, messages, the field to write in.
FocusScope {
    id: root

    required property Account account
    required property Place place
    readonly property bool shown: place.known && !place.gated
    property bool membersShown: true
    property string hostNote: ""
    property string hostAway: ""
    property alias timeline: timeline
    property alias composer: composer

    signal membersToggled
    signal searchRequested
    signal pinsRequested
    signal menuRequested
    signal hostingRequested
    signal explainRequested
    signal createRequested
    signal loginRequested
    signal profileRequested(string userId, Item near)
    signal noticed(string text)

    function askDate(): void {
        dateDialog.open();
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }
    ChannelHeader {
        id: header
        width: parent.width
        place: root.place
        membersShown: root.membersShown
        onMembersToggled: root.membersToggled()
        onSearchRequested: root.searchRequested()
        onPinsRequested: root.pinsRequested()
        onDateRequested: root.askDate()
        onMenuRequested: root.menuRequested()
    }
    Column {
        id: banners
        anchors.top: header.bottom
        width: parent.width

        Banner {
            property int seconds: 0

            width: parent.width
            visible: root.account.line === Account.Waiting
            height: visible ? implicitHeight : 0
            tone: Banner.Warning
            text: qsTr("No connection to your node. What you see is what this device knows.") + (seconds > 0 ? " " + qsTr("Trying again in %n second(s).", "", seconds) : "")
            actionText: qsTr("Try now")
            onAction: root.account.retryNow()

            Timer {
                running: parent.visible
                interval: 1000
                repeat: true
                triggeredOnStart: true
                onTriggered: parent.seconds = root.account.secondsToRetry
            }
        }
        Banner {
            width: parent.width
            visible: root.account.line === Account.LoggedOut
            height: visible ? implicitHeight : 0
            tone: Banner.Warning
            text: qsTr("Your session at %1 has ended. What you see is what this device knows.").arg(root.account.nodeName)
            actionText: qsTr("Log in")
            onAction: root.loginRequested()
        }
        Banner {
            width: parent.width
            visible: root.hostNote !== ""
            height: visible ? implicitHeight : 0
            tone: Banner.Warning
            text: root.hostNote
            actionText: qsTr("What does that mean?")
            onAction: root.hostingRequested()
        }
        Banner {
            width: parent.width
            visible: root.account.complaint !== "" && !closed_
            height: visible ? implicitHeight : 0
            tone: Banner.Info
            text: root.account.complaint
            closable: true
            onClosed: closed_ = true

            property bool closed_: false
        }
    }
    Timeline {
        id: timeline
        anchors.top: banners.bottom
        anchors.bottom: composer.top
        width: parent.width
        account: root.account
        channelId: root.place.channelId
        active: root.Window.active && root.shown
        visible: root.shown
        onReplyRequested: (id, author, text) => composer.reply(id, author, text)
        onEditRequested: (id, content) => composer.edit(id, content)
        onComposerRequested: typed => composer.focusText(typed)
        onProfileRequested: (userId, near) => root.profileRequested(userId, near)
        onNoticed: text => root.noticed(text)
    }
    Composer {
        id: composer
        anchors.bottom: parent.bottom
        width: parent.width
        account: root.account
        channelId: root.place.channelId
        hostAway: root.hostAway
        visible: root.shown
        focus: true
        onEditLastRequested: timeline.editLast()
        onTimelineRequested: timeline.focusMessages()
        onSent: timeline.jumpToPresent()
        onExplainRequested: root.explainRequested()
        onNoticed: text => root.noticed(text)
    }
    DropZone {
        anchors.fill: parent
        composer: composer
    }
    EmptyState {
        anchors.centerIn: parent
        width: Math.min(420, parent.width - 2 * Theme.spaceXl)
        visible: !root.place.known
        iconName: "message-circle"
        title: root.place.empty ? qsTr("No guild yet") : qsTr("Choose a channel")
        text: root.place.empty ? qsTr("Create one, or join one by an invite.") : ""
        actionText: root.place.empty ? qsTr("Create or join") : ""
        onAction: root.createRequested()
    }
    EmptyState {
        anchors.centerIn: parent
        width: Math.min(420, parent.width - 2 * Theme.spaceXl)
        visible: root.place.gated
        iconName: "eye-off"
        title: qsTr("This channel is for adults")
        text: qsTr("Who runs the guild says that what is written here is not for everybody.")
        actionText: qsTr("Show it")
        onAction: root.place.admit()
    }
    DateDialog {
        id: dateDialog
        onChosen: day => timeline.jumpToDate(day)
    }
}
