pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Core
import Guildhall.Timeline
import Guildhall.Ui

// A channel's messages: see README.md for what the app connects.
FocusScope {
    id: root

    required property Account account
    required property string channelId
    property bool active: true
    readonly property int unreadCount: messages.unreadCount

    signal replyRequested(string messageId, string author, string text)
    signal editRequested(string messageId, string content)
    signal composerRequested(string typed)
    signal profileRequested(string userId, Item near)
    signal commandRequested(string command)
    signal noticed(string text)

    function jumpTo(messageId: string) {
        messages.jumpTo(messageId);
    }
    function jumpToDate(date: date) {
        messages.jumpToDate(date);
    }
    function jumpToPresent() {
        messages.jumpToPresent();
    }
    function editLast() {
        messages.commands.editLast();
    }
    function focusMessages() {
        list.enter();
    }

    TimelineModel {
        id: messages
        account: root.account
        channelId: root.channelId
        active: root.active && root.visible
        palette: ({
                "link": Theme.link,
                "mention": Theme.accentText,
                "spoiler": Theme.outline,
                "code": Theme.codeBackground,
                "background": Theme.surface,
                "dark": Theme.dark,
                "keyword": Theme.codeKeyword,
                "string": Theme.codeString,
                "number": Theme.codeNumber,
                "comment": Theme.codeComment,
                "type": Theme.codeType
            })
        onNoticed: text => root.noticed(text)
        onProfileRequested: (user, near) => root.profileRequested(user, near as Item)
        onChannelPressed: channel => Navigator.openChannel(channel)
        onCommandPressed: command => root.commandRequested(command)
        onLinkPressed: (url, host, masked) => popups.follow(url, host, masked)
        onPlaceChanged: acts.hovered = null
        onPictureChosen: (message, url) => acts.pictureOpened(message, url)
    }
    MessageActions {
        id: acts
        model: messages
    }
    Connections {
        target: messages.commands
        function onReplyChosen(id: string, author: string, text: string) {
            root.replyRequested(id, author, text);
        }
        function onEditChosen(id: string, content: string) {
            root.editRequested(id, content);
        }
    }
    MessageList {
        id: list
        anchors.fill: parent
        anchors.bottomMargin: typing.height + strip.height
        focus: true
        timeline: messages
        actions: acts
        visible: !messages.blank || messages.failed
        onExited: typed => root.composerRequested(typed)
    }
    MessageSkeleton {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: strip.top
        anchors.bottomMargin: Theme.spaceL
        visible: messages.blank && !messages.failed && root.channelId !== ""
    }
    NewBar {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: parent.top
        anchors.topMargin: Theme.spaceS
        width: Math.min(parent.width - 2 * Theme.spaceL, 480)
        visible: messages.newOutOfView
        count: messages.newCount
        since: messages.newSince
        onPressed: messages.jumpToNew()
        onDismissed: messages.dismissNew()
    }
    GButton {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: strip.top
        anchors.bottomMargin: Theme.spaceM
        visible: !messages.following && list.count > 1 && list.contentHeight > list.height
        kind: GButton.Primary
        small: true
        iconName: "arrow-down"
        text: messages.unreadCount > 0 ? qsTr("%n new message(s)", "", messages.unreadCount) : qsTr("Jump to present")
        onClicked: messages.jumpToPresent()
    }
    SaveStrip {
        id: strip
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: typing.top
        saver: saving.saver
    }
    GText {
        id: typing
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.leftMargin: Theme.spaceL
        anchors.rightMargin: Theme.spaceL
        height: implicitHeight + 2
        text: messages.typingText
        kind: GText.Caption
        muted: true
        Accessible.ignored: text === ""
    }
    MessageToolbar {
        actions: acts
    }
    FileSaving {
        id: saving
        account: root.account
        onNoticed: text => root.noticed(text)
    }
    TimelinePopups {
        id: popups
        account: root.account
        actions: acts
        list: list
        saving: saving
    }
}
