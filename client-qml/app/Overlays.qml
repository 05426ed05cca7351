pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.App
import Guildhall.Core
import Guildhall.Federation
import Guildhall.Members
import Guildhall.Settings
import Guildhall.Ui

// What opens over the window: dialogs on the desktop, pages on a phone; made when they are needed.
Item {
    id: root

    property Account account: null
    readonly property bool covering: frames.covering

    signal noticed(string text)
    signal uncovered // the last page went, and nobody has the focus
    signal mentionRequested(string user)

    function open(desktop: Component, phone: Component, values: var): void {
        values.account = root.account;
        const made = (Theme.isPhone ? phone : desktop).createObject(frames, values) as QtObject;
        frames.keep(made);
    }
    function createGuild(invite: string): void {
        open(createDialog, createPage, {
                "invite": invite
            });
    }
    function guildSettings(guild: string, section: string): void {
        open(guildDialog, guildPage, {
                "guildId": guild,
                "section": section === "" ? "overview" : section === "viewAs" ? "viewas" : section
            });
    }
    function channelSettings(channel: string): void {
        open(channelDialog, channelPage, {
                "guildId": Navigator.guildId,
                "channelId": channel
            });
    }
    function createChannel(category: string): void {
        open(newChannelDialog, newChannelPage, {
                "guildId": Navigator.guildId,
                "parentId": category
            });
    }
    function invite(guild: string): void {
        open(inviteDialog, invitePage, {
                "guildId": guild,
                "channelId": guild === Navigator.guildId ? Navigator.channelId : ""
            });
    }
    function explain(channel: string): void {
        open(explainDialog, explainPage, {
                "guildId": Navigator.guildId,
                "channelId": channel
            });
    }
    function userSettings(section: string): void {
        open(userDialog, userPage, {
                "section": section === "" ? "account" : section
            });
    }
    function hosting(): void {
        open(hostingDialog, hostingPage, {
                "guildId": Navigator.guildId
            });
    }
    function node(): void {
        open(nodeDialog, nodePage, {});
    }
    function profile(user: string, near: Item): void {
        profileIn(Navigator.guildId, user, near);
    }
    function profileIn(guild: string, user: string, near: Item): void {
        const card = profileCard.createObject(root, {
                "account": root.account,
                "guildId": guild,
                "userId": user
            }) as ProfileCard;
        card.openAt(near);
    }
    function memberAction(user: string, action: string): void {
        open(memberDialog, memberPage, {
                "guildId": Navigator.guildId,
                "userId": user,
                "action": action
            });
    }
    function quickSwitcher(): void {
        switcher.createObject(root, {
                "account": root.account,
                "guildId": Navigator.guildId
            }).open();
    }
    function notifications(place: string, name: string, near: Item): void {
        (notifyMenu.createObject(root, {
                    "place": place,
                    "heading": name
                }) as NotifyMenu).openBelow(near);
    }
    function shortcuts(): void {
        shortcutList.createObject(root).open();
    }
    /// With the last account goes the window's content: nothing may be open over it any more.
    function logOut(key: string, settings: QtObject): void {
        settings.close ? settings.close() : settings.closed();
        Qt.callLater(Accounts.logOut, key);
    }
    function leave(guild: string, name: string): void {
        leaveDialog.guild = guild;
        leaveDialog.name = name;
        leaveDialog.open();
    }

    OverlayFrames {
        id: frames
        anchors.fill: parent
        onUncovered: root.uncovered()
    }
    Component {
        id: createDialog
        GuildCreateDialog {
            onEntered: (guildId, channelId) => Navigator.openGuildAt(guildId, channelId)
        }
    }
    Component {
        id: createPage
        GuildCreatePage {
            onEntered: (guildId, channelId) => Navigator.openGuildAt(guildId, channelId)
        }
    }
    Component {
        id: guildDialog
        GuildSettingsDialog {
            id: guildSettingsDialog
            extraSections: [hostingSection.entry(guildSettingsDialog.guildId)]
        }
    }
    Component {
        id: guildPage
        GuildSettingsPage {
            id: guildSettingsPage
            extraSections: [hostingSection.entry(guildSettingsPage.guildId)]
        }
    }
    QtObject {
        id: hostingSection

        property string guildId: ""

        function entry(guild: string): var {
            hostingSection.guildId = guild;
            return {
                "key": "hosting",
                "title": qsTr("Where it lives"),
                "icon": "server",
                "component": hostingContent
            };
        }
    }
    Component {
        id: hostingContent
        HostingContent {
            account: root.account
            guildId: hostingSection.guildId
        }
    }
    Component {
        id: channelDialog
        ChannelSettingsDialog {
        }
    }
    Component {
        id: channelPage
        ChannelSettingsPage {
        }
    }
    Component {
        id: newChannelDialog
        ChannelCreateDialog {
            onCreated: channelId => Navigator.openChannel(channelId)
        }
    }
    Component {
        id: newChannelPage
        ChannelCreatePage {
            onCreated: channelId => Navigator.openChannel(channelId)
        }
    }
    Component {
        id: inviteDialog
        InviteDialog {
        }
    }
    Component {
        id: invitePage
        InvitePage {
        }
    }
    Component {
        id: explainDialog
        ExplainDialog {
        }
    }
    Component {
        id: explainPage
        ExplainPage {
        }
    }
    Component {
        id: userDialog
        UserSettingsDialog {
            id: inDialog
            shortcuts: Shortcuts {
            }
            onLogOutRequested: key => root.logOut(key, inDialog)
        }
    }
    Component {
        id: userPage
        UserSettingsPage {
            id: onPage
            shortcuts: Shortcuts {
            }
            onLogOutRequested: key => root.logOut(key, onPage)
        }
    }
    Component {
        id: memberDialog
        MemberActionsDialog {
        }
    }
    Component {
        id: memberPage
        MemberActionsPage {
        }
    }
    Component {
        id: hostingDialog
        HostingDialog {
        }
    }
    Component {
        id: hostingPage
        HostingPage {
        }
    }
    Component {
        id: nodeDialog
        NodeDialog {
        }
    }
    Component {
        id: nodePage
        NodePage {
        }
    }
    Component {
        id: profileCard
        ProfileCard {
            onMentionRequested: user => root.mentionRequested(user)
            onActionRequested: (user, action) => root.memberAction(user, action)
            onNoticed: text => root.noticed(text)
            onClosed: destroy()
        }
    }
    Component {
        id: switcher
        QuickSwitcher {
            onChosen: (kind, id, guild) => kind === "person" ? root.profileIn(guild, id, null) : kind === "guild" ? Navigator.openGuild(id) : Navigator.openChannel(id)
            onClosed: destroy()
        }
    }
    Component {
        id: notifyMenu
        NotifyMenu {
            list: NotifySettings {
                account: root.account
            }
            onClosed: destroy()
        }
    }
    Component {
        id: shortcutList
        ShortcutList {
            onClosed: destroy()
        }
    }
    LeaveDialog {
        id: leaveDialog
        account: root.account
        onNoticed: text => root.noticed(text)
    }
}
