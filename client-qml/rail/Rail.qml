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

    function markRead(guild: string): void {
        rail.markRead(guild);
    }
    function guildAt(step: int): string {
        return rail.guildAfter(currentGuild, step);
    }

    implicitWidth: 72

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
                onClicked: root.directRequested()
            }
            Item {
                visible: root.hasDirect
                width: 72
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

        property GuildTile tile: null

        function show(tile: GuildTile): void {
            menus.tile = tile;
            (tile.isFolder ? folderMenu : guildMenu).openAt(tile, tile.width, 0);
        }
    }
    Menu {
        id: guildMenu
        heading: menus.tile?.name ?? ""

        MenuEntry {
            text: qsTr("Mark as read")
            iconName: "check"
            onTriggered: rail.markRead(menus.tile.id)
        }
        MenuEntry {
            text: qsTr("Invite people")
            iconName: "user-plus"
            visible: rail.canInvite(menus.tile?.id ?? "")
            height: visible ? implicitHeight : 0
            onTriggered: root.inviteRequested(menus.tile.id)
        }
        MenuEntry {
            text: qsTr("Guild settings")
            iconName: "settings"
            visible: rail.canManage(menus.tile?.id ?? "")
            height: visible ? implicitHeight : 0
            onTriggered: root.settingsRequested(menus.tile.id)
        }
        MenuEntry {
            text: qsTr("Take out of the folder")
            iconName: "folder-minus"
            visible: (menus.tile?.folder ?? "") !== ""
            height: visible ? implicitHeight : 0
            onTriggered: rail.leaveFolder(menus.tile.index)
        }
        MenuEntry {
            text: qsTr("Move up")
            iconName: "arrow-up"
            onTriggered: rail.shift(menus.tile.index, -1)
        }
        MenuEntry {
            text: qsTr("Move down")
            iconName: "arrow-down"
            onTriggered: rail.shift(menus.tile.index, 1)
        }
        MenuLine {
        }
        MenuEntry {
            text: qsTr("Leave the guild")
            iconName: "log-out"
            danger: true
            enabled: !rail.isOwner(menus.tile?.id ?? "")
            onTriggered: root.leaveRequested(menus.tile.id, menus.tile.name)
        }
    }
    Menu {
        id: folderMenu
        heading: menus.tile?.title ?? ""

        MenuEntry {
            text: qsTr("Mark as read")
            iconName: "check"
            onTriggered: rail.markFolderRead(menus.tile.id)
        }
        MenuEntry {
            text: qsTr("Name and colour")
            iconName: "pencil"
            onTriggered: {
                editor.folder = menus.tile.id;
                editor.folderName = menus.tile.name;
                editor.tint = menus.tile.tint;
                editor.open();
            }
        }
    }
    FolderEditor {
        id: editor
        onEdited: (folder, name, tint) => rail.editFolder(folder, name, tint)
    }
}
