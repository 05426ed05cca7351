import QtQuick
import Guildhall.Core
import Guildhall.Rail
import Guildhall.Ui

// The rail: direct messages, guilds in folders, a new guild.
FocusScope {
    id: root

    required property Account account
    property string currentGuild: ""
    property bool directShown: false
    property bool hasDirect: false
    readonly property int mentions: rail.mentions

    signal guildRequested(string guild)
    signal directRequested
    signal createRequested
    signal switchRequested
    signal settingsRequested(string guild)
    signal inviteRequested(string guild)
    signal leaveRequested(string guild, string name)
    signal notifyRequested(string place, string name, Item near)

    function markRead(guild: string): void {
        rail.markRead(guild);
    }
    function guildAt(step: int): string {
        return rail.guildAfter(currentGuild, step);
    }

    implicitWidth: Theme.railWidth

    Rectangle {
        anchors.fill: parent
        color: Theme.rail
    }
    ListView {
        id: list
        anchors.fill: parent
        topMargin: Theme.spaceS
        bottomMargin: Theme.spaceS
        spacing: Theme.spaceXs
        clip: true
        model: rail
        keyNavigationEnabled: false
        highlightFollowsCurrentItem: false
        boundsBehavior: Flickable.StopAtBounds
        interactive: Theme.isPhone || !held
        Keys.onUpPressed: go(currentIndex - 1)
        Keys.onDownPressed: go(currentIndex + 1)
        Keys.onPressed: event => {
            event.accepted = event.key === Qt.Key_Home || event.key === Qt.Key_End;
            if (event.accepted)
                go(event.key === Qt.Key_Home ? 0 : count - 1);
        }

        property bool held: false // a tile is, so that the list does not scroll away with it

        function go(row: int): void {
            if (row < 0 || row >= count)
                return;
            positionViewAtIndex(row, ListView.Contain);
            itemAtIndex(row).forceActiveFocus(Qt.TabFocusReason);
            currentIndex = row;
        }
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Guilds")

        RailModel {
            id: rail
            account: root.account
        }
        header: top
        footer: bottom
        delegate: GuildTile {
            id: tile
            current: id === root.currentGuild && !isFolder
            onClicked: tile.isFolder ? rail.toggleFolder(id) : root.guildRequested(id)
            onMenuRequested: menus.show(tile)
            onPressedChanged: list.held = pressed || target.active
            onDragMoved: sceneY => target.aim(tile, sceneY)
            onDragEnded: target.drop(tile.index)
            Keys.onPressed: event => {
                if (!(event.modifiers & Qt.AltModifier) || (event.key !== Qt.Key_Up && event.key !== Qt.Key_Down))
                    return;
                event.accepted = true;
                rail.shift(index, event.key === Qt.Key_Up ? -1 : 1);
            }
        }
    }
    Component {
        id: top

        Column {
            spacing: Theme.spaceXs

            RailAction {
                iconName: "compass"
                text: qsTr("Go to a guild, channel or person")
                onClicked: root.switchRequested()
            }
            RailAction {
                visible: root.hasDirect
                iconName: "message-circle"
                text: qsTr("Direct messages")
                current: root.directShown
                unread: rail.directUnread
                mentions: rail.directMentions
                onClicked: root.directRequested()
            }
            Item {
                visible: root.hasDirect
                width: Theme.railWidth
                height: Theme.spaceS

                Rectangle {
                    anchors.centerIn: parent
                    width: 32
                    height: 2
                    color: Theme.divider
                }
            }
        }
    }
    Component {
        id: bottom

        RailAction {
            iconName: "plus"
            text: qsTr("Create or join a guild")
            onClicked: root.createRequested()
        }
    }
    RailTarget {
        id: target
        list: list
        onMoved: (from, to) => rail.move(from, to)
        onJoined: (from, onto) => rail.join(from, onto)
    }
    Item {
        id: menus

        // What was pressed, not the tile: that one may be gone before an entry is chosen.
        property string pressed: ""
        property string title: ""
        property string name: ""
        property string tint: ""
        property string folder: ""

        function show(tile: GuildTile): void {
            menus.pressed = tile.id;
            menus.title = tile.title;
            menus.name = tile.name;
            menus.tint = tile.tint;
            menus.folder = tile.folder;
            (tile.isFolder ? folderMenu : guildMenu).openAt(tile, tile.width, 0);
        }
    }
    Menu {
        id: guildMenu
        heading: menus.name

        MenuEntry {
            text: qsTr("Mark as read")
            iconName: "check"
            onTriggered: rail.markRead(menus.pressed)
        }
        MenuEntry {
            text: qsTr("Notifications")
            iconName: "bell"
            onTriggered: root.notifyRequested(menus.pressed, menus.name, guildMenu.opener)
        }
        MenuEntry {
            text: qsTr("Invite people")
            iconName: "user-plus"
            visible: rail.canInvite(menus.pressed)
            height: visible ? implicitHeight : 0
            onTriggered: root.inviteRequested(menus.pressed)
        }
        MenuEntry {
            text: qsTr("Guild settings")
            iconName: "settings"
            visible: rail.canManage(menus.pressed)
            height: visible ? implicitHeight : 0
            onTriggered: root.settingsRequested(menus.pressed)
        }
        MenuEntry {
            text: qsTr("Take out of the folder")
            iconName: "folder-minus"
            visible: menus.folder !== ""
            height: visible ? implicitHeight : 0
            onTriggered: rail.leaveFolder(rail.rowOf(menus.pressed))
        }
        MenuEntry {
            text: qsTr("Move up")
            iconName: "arrow-up"
            onTriggered: rail.shift(rail.rowOf(menus.pressed), -1)
        }
        MenuEntry {
            text: qsTr("Move down")
            iconName: "arrow-down"
            onTriggered: rail.shift(rail.rowOf(menus.pressed), 1)
        }
        MenuLine {
        }
        MenuEntry {
            text: qsTr("Leave the guild")
            iconName: "log-out"
            danger: true
            enabled: !rail.isOwner(menus.pressed)
            onTriggered: root.leaveRequested(menus.pressed, menus.name)
        }
    }
    Menu {
        id: folderMenu
        heading: menus.title

        MenuEntry {
            text: qsTr("Mark as read")
            iconName: "check"
            onTriggered: rail.markFolderRead(menus.pressed)
        }
        MenuEntry {
            text: qsTr("Name and colour")
            iconName: "pencil"
            onTriggered: {
                editor.folder = menus.pressed;
                editor.folderName = menus.name;
                editor.tint = menus.tint;
                editor.open();
            }
        }
    }
    FolderEditor {
        id: editor
        onEdited: (folder, name, tint) => rail.editFolder(folder, name, tint)
    }
}
