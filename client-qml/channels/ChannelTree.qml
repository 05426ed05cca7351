pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Guildhall.Channels
import Guildhall.Core
import Guildhall.Ui

// The channels of the shown guild, or the direct messages.
FocusScope {
    id: root

    required property Account account
    property string guildId: ""
    property string currentChannel: ""
    property string hostNote: ""
    readonly property string guildName: tree.guildName

    signal channelRequested(string channel)
    signal settingsRequested(string section)
    signal inviteRequested
    signal createChannelRequested(string category)
    signal channelSettingsRequested(string channel)
    signal hostingRequested
    signal explainRequested(string channel)
    signal leaveRequested(string name)
    signal linkCopied(string link)
    signal notifyRequested(string place, string name, Item near)

    Rectangle {
        anchors.fill: parent
        color: Theme.sidebar
    }
    GuildHeader {
        id: header
        width: parent.width
        text: root.guildId !== "" ? tree.guildName : list.count > 0 ? qsTr("Direct messages") : root.account.nodeName
        note: root.hostNote !== "" ? root.hostNote : tree.unavailable ? qsTr("Cannot be reached") : ""
        enabled: root.guildId !== ""
        onClicked: guildMenu.openBelow(header)
    }
    ListView {
        id: list
        anchors.fill: parent
        anchors.topMargin: header.height
        topMargin: Theme.spaceS
        bottomMargin: Theme.spaceL
        clip: true
        focus: true
        reuseItems: true
        boundsBehavior: Flickable.StopAtBounds
        keyNavigationEnabled: false
        highlightFollowsCurrentItem: false
        Keys.onUpPressed: go(currentIndex - 1)
        Keys.onDownPressed: go(currentIndex + 1)
        Keys.onPressed: event => {
            event.accepted = event.key === Qt.Key_Home || event.key === Qt.Key_End;
            if (event.accepted)
                go(event.key === Qt.Key_Home ? 0 : count - 1);
        }

        function go(row: int): void {
            if (row < 0 || row >= count)
                return;
            positionViewAtIndex(row, ListView.Contain);
            itemAtIndex(row).forceActiveFocus(Qt.TabFocusReason);
            currentIndex = row;
        }

        T.ScrollBar.vertical: ScrollBar {
        }
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Channels")
        model: ChannelTreeModel {
            id: tree
            account: root.account
            guildId: root.guildId
            currentId: root.currentChannel
        }
        delegate: ChannelRow {
            id: row
            current: id === root.currentChannel
            onFoldRequested: open => isCategory && open !== row.open ? tree.toggleCategory(id) : undefined
            onClicked: isCategory ? tree.toggleCategory(id) : kind === "voice" ? undefined : root.channelRequested(id)
            onMenuRequested: {
                channelMenu.remember(row);
                channelMenu.openAt(row, row.width / 2, row.height / 2);
            }
        }
    }
    EmptyState {
        anchors.centerIn: list
        width: list.width - 2 * Theme.spaceL
        visible: list.count === 0 && root.guildId !== ""
        iconName: "hash"
        title: qsTr("No channels that you can see")
    }
    Menu {
        id: channelMenu

        // What was pressed, not the row: that one may show another channel by then.
        property string channel: ""
        property string name: ""
        property bool muted: false
        property bool isCategory: false

        function remember(row: ChannelRow): void {
            channel = row.id;
            name = row.name;
            muted = row.muted;
            isCategory = row.isCategory;
        }

        heading: name

        MenuEntry {
            text: qsTr("Mark as read")
            iconName: "check"
            onTriggered: tree.markRead(channelMenu.channel)
        }
        MenuEntry {
            text: qsTr("Notifications")
            iconName: channelMenu.muted ? "bell-off" : "bell"
            onTriggered: root.notifyRequested(channelMenu.channel, channelMenu.name, channelMenu.opener)
        }
        MenuEntry {
            text: qsTr("Copy link")
            iconName: "link"
            onTriggered: root.linkCopied(root.account.nodeUrl + "/channels/" + (root.guildId === "" ? "@me" : root.guildId) + "/" + channelMenu.channel)
        }
        MenuEntry {
            text: qsTr("Why can't I…?")
            iconName: "circle-help"
            visible: root.guildId !== "" && !channelMenu.isCategory
            height: visible ? implicitHeight : 0
            onTriggered: root.explainRequested(channelMenu.channel)
        }
        MenuEntry {
            text: qsTr("Create a channel here")
            iconName: "plus"
            visible: tree.canManage && channelMenu.isCategory
            height: visible ? implicitHeight : 0
            onTriggered: root.createChannelRequested(channelMenu.channel)
        }
        MenuEntry {
            text: qsTr("Settings and permissions")
            iconName: "settings"
            visible: tree.canManage
            height: visible ? implicitHeight : 0
            onTriggered: root.channelSettingsRequested(channelMenu.channel)
        }
    }
    Menu {
        id: guildMenu
        heading: tree.guildName

        MenuEntry {
            text: qsTr("Invite people")
            iconName: "user-plus"
            visible: tree.canInvite
            height: visible ? implicitHeight : 0
            onTriggered: root.inviteRequested()
        }
        MenuEntry {
            text: qsTr("Notifications")
            iconName: "bell"
            onTriggered: root.notifyRequested(root.guildId, tree.guildName, header)
        }
        MenuEntry {
            text: qsTr("Guild settings")
            iconName: "settings"
            visible: tree.canManageGuild
            height: visible ? implicitHeight : 0
            onTriggered: root.settingsRequested("")
        }
        MenuEntry {
            text: qsTr("Create a channel")
            iconName: "plus"
            visible: tree.canManage
            height: visible ? implicitHeight : 0
            onTriggered: root.createChannelRequested("")
        }
        MenuEntry {
            text: qsTr("View as a role")
            iconName: "eye"
            visible: tree.canManageGuild
            height: visible ? implicitHeight : 0
            onTriggered: root.settingsRequested("viewAs")
        }
        MenuEntry {
            text: qsTr("Why can't I…?")
            iconName: "circle-help"
            onTriggered: root.settingsRequested("explain")
        }
        MenuEntry {
            text: qsTr("Where this guild lives")
            iconName: "server"
            onTriggered: root.hostingRequested()
        }
        MenuLine {
        }
        MenuEntry {
            text: qsTr("Leave the guild")
            iconName: "log-out"
            danger: true
            enabled: !tree.isOwner
            onTriggered: root.leaveRequested(tree.guildName)
        }
    }
}
