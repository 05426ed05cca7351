pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.App
import Guildhall.Channels
import Guildhall.Core
import Guildhall.Federation
import Guildhall.Members
import Guildhall.Rail
import Guildhall.Ui

// Where one talks: rail and channels, the open channel, members; and what opens over them.
FocusScope {
    id: root

    required property Account account
    readonly property int mentions: Accounts.mentions
    readonly property string windowTitle: (mentions > 0 ? "(" + mentions + ") " : "") + (place.known ? (place.kind === "direct" ? "" : "#") + place.channelName + (place.guildName === "" ? "" : " – " + place.guildName) : qsTr("Guildhall"))

    signal addAccountRequested
    signal loginRequested

    function over(): var {
        overlays.active = true;
        return overlays.item;
    }
    // After a change of place one writes, unless a panel is worked through or a finger would only
    // want to read.
    function write(): void {
        if (root.activeFocus && !Theme.isPhone && !panels.buried && !side.activeFocus && place.known)
            view.composer.focusText("");
    }
    // What no field takes is written to the channel.
    function writeLetter(event: var): void {
        const held = event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier);
        event.accepted = !held && event.text.trim() !== "" && event.key < Qt.Key_Escape && place.known && !panels.buried;
        if (event.accepted)
            view.composer.focusText(event.text);
    }
    function act(action: string): void {
        const found = actions.table[action];
        if (found)
            found();
    }

    Keys.onPressed: event => writeLetter(event)

    Place {
        id: place
        account: root.account
        guildId: Navigator.guildId
        channelId: Navigator.channelId
    }
    HostStatus {
        id: host
        account: root.account
        guildId: Navigator.guildId
    }
    SplitPanels {
        id: panels
        focus: true

        property bool restored: false

        anchors.fill: parent
        buried: (overlays.item as Overlays)?.covering ?? false
        leftMinimum: 200 * Theme.zoom
        leftMaximum: 480 * Theme.zoom
        rightMinimum: 180 * Theme.zoom
        rightMaximum: 400 * Theme.zoom
        // What is kept is without zoom.
        function fit(): void {
            restored = false;
            leftWidth = Theme.railWidth + Preferences.sidebarWidth * Theme.zoom;
            rightWidth = Preferences.membersWidth * Theme.zoom;
            restored = true;
        }
        Component.onCompleted: fit()
        onLeftWidthChanged: if (restored)
            Preferences.sidebarWidth = (leftWidth - Theme.railWidth) / Theme.zoom
        onRightWidthChanged: if (restored)
            Preferences.membersWidth = rightWidth / Theme.zoom
        rightVisible: Theme.isPhone || (Preferences.showMembers && place.guildId !== "") || side.state !== ""
        leftPanel: Item {
            anchors.fill: parent

            Rail {
                id: rail
                anchors.left: parent.left
                height: parent.height
                account: root.account
                currentGuild: Navigator.guildId
                directShown: Navigator.guildId === "" && place.hasDirect
                hasDirect: place.hasDirect
                onGuildRequested: guild => Navigator.openGuild(guild)
                onDirectRequested: Navigator.openGuild("")
                onCreateRequested: root.over().createGuild("")
                onSwitchRequested: root.over().quickSwitcher()
                onSettingsRequested: guild => root.over().guildSettings(guild, "")
                onInviteRequested: guild => root.over().invite(guild)
                onLeaveRequested: (guild, name) => root.over().leave(guild, name)
                onNotifyRequested: (place, name, near) => root.over().notifications(place, name, near)
            }
            ChannelTree {
                id: channels
                anchors.left: rail.right
                anchors.right: parent.right
                anchors.bottom: me.top
                anchors.top: parent.top
                account: root.account
                guildId: Navigator.guildId
                currentChannel: Navigator.channelId
                hostNote: host.shortNote
                onChannelRequested: channel => {
                    Navigator.openChannel(channel);
                    panels.showMain();
                }
                onSettingsRequested: section => section === "explain" ? root.over().explain(Navigator.channelId) : root.over().guildSettings(Navigator.guildId, section)
                onInviteRequested: root.over().invite(Navigator.guildId)
                onCreateChannelRequested: category => root.over().createChannel(category)
                onChannelSettingsRequested: channel => root.over().channelSettings(channel)
                onExplainRequested: channel => root.over().explain(channel)
                onHostingRequested: root.over().hosting()
                onLeaveRequested: name => root.over().leave(Navigator.guildId, name)
                onNotifyRequested: (place, name, near) => root.over().notifications(place, name, near)
                onLinkCopied: link => {
                    clipboard.copy(link);
                    toasts.show(qsTr("Link copied"));
                }
            }
            AccountPanel {
                id: me
                anchors.left: rail.right
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                account: root.account
                onSettingsRequested: section => root.over().userSettings(section)
                onAddAccountRequested: root.addAccountRequested()
                onNodeRequested: root.over().node()
                onLoginRequested: root.loginRequested()
            }
        }
        rightPanel: SidePanel {
            id: side
            anchors.fill: parent
            account: root.account
            guildId: Navigator.guildId
            channelId: Navigator.channelId
            // What is asked for takes the focus; without it one writes on.
            onStateChanged: {
                state === "" ? panels.showMain() : panels.showRight();
                parts.enter(state === "" ? view.composer : side);
            }
            onProfileRequested: (user, near) => root.over().profile(user, near)
            onJumpRequested: (channel, message) => {
                Navigator.openMessage(channel, message);
                panels.showMain();
            }
        }
        ChannelView {
            id: view
            anchors.fill: parent
            focus: true
            account: root.account
            place: place
            hostNote: Theme.isPhone ? host.shortNote : host.note
            hostAway: host.readOnly && !host.frozen ? host.hostName : ""
            membersShown: Preferences.showMembers
            onMembersToggled: root.act("members")
            onSearchRequested: root.act("search")
            onPinsRequested: root.act("pins")
            onMenuRequested: panels.showLeft()
            onCreateRequested: root.over().createGuild("")
            onLoginRequested: root.loginRequested()
            onHostingRequested: root.over().hosting()
            onExplainRequested: root.over().explain(Navigator.channelId)
            onProfileRequested: (user, near) => root.over().profile(user, near)
            onNoticed: text => toasts.show(text)
        }
    }
    // Made when it is first needed: what opens over the window is most of the program.
    Loader {
        id: overlays
        anchors.fill: parent
        active: false
        source: "Overlays.qml"
        onLoaded: {
            item.account = Qt.binding(() => root.account);
            item.uncovered.connect(() => panels.forceActiveFocus());
            item.noticed.connect(text => toasts.show(text));
            item.mentionRequested.connect(user => view.composer.insert("<@" + user + "> "));
        }
    }
    ToastStack {
        id: toasts
        anchors.fill: parent
    }
    Clipboard {
        id: clipboard
    }
    Desktop {
        id: desktop
    }
    Notifier {
        windowActive: root.Window.active
        accounts: Accounts
        navigator: Navigator
        preferences: Preferences
    }
    ShortcutKeys {
        onTriggered: action => root.act(action)
    }
    QtObject {
        id: actions

        readonly property var table: ({
                "switch": () => root.over().quickSwitcher(),
                "shortcuts": () => root.over().shortcuts(),
                "settings": () => root.over().userSettings(""),
                "search": () => side.state = side.state === "search" ? "" : "search",
                "pins": () => side.state = side.state === "pins" ? "" : "pins",
                "menu": () => desktop.pressMenuKey(),
                "members": () => Theme.isPhone ? panels.showRight() : (Preferences.showMembers = !Preferences.showMembers),
                "zoomIn": () => Preferences.zoom += 0.1,
                "zoomOut": () => Preferences.zoom -= 0.1,
                "zoomReset": () => Preferences.zoom = 1,
                "nextPart": () => parts.go(1),
                "previousPart": () => parts.go(-1),
                "nextAccount": () => Accounts.selectNext(),
                "quit": () => Qt.quit(),
                "back": () => Navigator.back(),
                "forward": () => Navigator.forward(),
                "previousChannel": () => Navigator.step(-1, false),
                "nextChannel": () => Navigator.step(1, false),
                "previousUnread": () => Navigator.step(-1, true),
                "nextUnread": () => Navigator.step(1, true),
                "previousGuild": () => Navigator.openGuild(rail.guildAt(-1)),
                "nextGuild": () => Navigator.openGuild(rail.guildAt(1)),
                "createGuild": () => root.over().createGuild(""),
                "markRead": () => rail.markRead(Navigator.guildId),
                "jumpToDate": () => view.askDate(),
                "jumpToPresent": () => view.timeline.jumpToPresent()
            })
    }
    QtObject {
        id: parts

        readonly property var all: [rail, channels, view.timeline, view.composer, side]

        function enter(part: Item): bool {
            part === view.timeline ? view.timeline.focusMessages() : part === view.composer ? view.composer.focusText("") : part.forceActiveFocus(Qt.TabFocusReason);
            return part.activeFocus && root.Window.activeFocusItem.visible; // not a list that still loads
        }
        // To the next part that is shown and takes the focus, round and round.
        function go(step: int): void {
            const shown = all.filter(part => part.visible && part.enabled);
            let at = shown.findIndex(part => part.activeFocus);
            for (let tried = 0; tried < shown.length; ++tried)
                if (enter(shown[at = (Math.max(at, step > 0 ? -1 : 0) + step + shown.length) % shown.length]))
                    return;
        }
    }
    Connections {
        target: Theme
        function onZoomChanged(): void {
            panels.fit();
        }
    }
    Connections {
        target: Navigator
        function onMoved(): void {
            Qt.callLater(root.write);
        }
        function onJumpRequested(channel: string, message: string): void {
            view.timeline.jumpTo(message);
        }
        function onLinkRefused(why: string): void {
            toasts.show(why);
        }
        function onInviteOpened(code: string, node: string): void {
            root.over().createGuild(code);
        }
    }
}
