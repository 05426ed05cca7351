import QtQuick
import Guildhall.Core
import Guildhall.Settings

// All that one can set of a guild, section by section.
FocusScope {
    id: root

    required property Account account
    required property string guildId
    property alias section: frame.current
    property var extraSections: []
    property string channelId: ""

    signal closed

    function back() {
        inner.item ? inner.item.back() : frame.backByKey();
    }

    implicitWidth: frame.implicitWidth
    implicitHeight: frame.implicitHeight
    Keys.onEscapePressed: back()
    Keys.onBackPressed: back()

    GuildOverview {
        id: guild
        account: root.account
        guildId: root.guildId
    }
    GuildRights {
        id: rights
        account: root.account
        guildId: root.guildId
    }
    EmojiList {
        id: emojiList
        account: root.account
        guildId: root.guildId
    }
    AuditLog {
        id: auditLog
        account: root.account
        guildId: root.guildId
    }
    SettingsFrame {
        id: frame
        anchors.fill: parent
        visible: root.channelId === ""
        focus: visible
        title: guild.name
        sections: [{
                "key": "overview",
                "title": qsTr("Overview"),
                "icon": "info",
                "component": overview
            }, {
                "key": "channels",
                "title": qsTr("Channels"),
                "icon": "hash",
                "component": channels
            }, {
                "key": "roles",
                "title": qsTr("Roles"),
                "icon": "shield",
                "component": roles
            }, {
                "key": "members",
                "title": qsTr("Members"),
                "icon": "users",
                "component": members
            }, {
                "key": "invites",
                "title": qsTr("Invites"),
                "icon": "user-plus",
                "component": invites
            }, {
                "key": "bans",
                "title": qsTr("Bans"),
                "icon": "ban",
                "component": bans,
                "hidden": !rights.canBan
            }, {
                "key": "emojis",
                "title": qsTr("Emojis"),
                "icon": "smile",
                "component": emojis,
                "hidden": !emojiList.offered
            }, {
                "key": "audit",
                "title": qsTr("Audit log"),
                "icon": "scroll-text",
                "component": audit,
                "hidden": !auditLog.offered
            }, {
                "key": "viewas",
                "title": qsTr("View as role"),
                "icon": "eye",
                "component": viewAs,
                "hidden": !rights.canManageRoles
            }, {
                "key": "why",
                "title": qsTr("Why can’t I?"),
                "icon": "circle-question-mark",
                "component": why
            }].concat(root.extraSections)
        onClosed: root.closed()
    }
    Loader {
        id: inner
        anchors.fill: parent
        active: root.channelId !== ""
        focus: active
        sourceComponent: channel
    }
    Component {
        id: overview

        OverviewSection {
            account: root.account
            guildId: root.guildId
            onGone: root.closed()
        }
    }
    Component {
        id: channels

        ChannelsSection {
            account: root.account
            guildId: root.guildId
            onOpened: channelId => root.channelId = channelId
        }
    }
    Component {
        id: roles

        RolesSection {
            account: root.account
            guildId: root.guildId
        }
    }
    Component {
        id: invites

        InvitesSection {
            account: root.account
            guildId: root.guildId
        }
    }
    Component {
        id: members

        MembersSection {
            account: root.account
            guildId: root.guildId
        }
    }
    Component {
        id: bans

        BansSection {
            account: root.account
            guildId: root.guildId
        }
    }
    Component {
        id: emojis

        EmojisSection {
            account: root.account
            guildId: root.guildId
        }
    }
    Component {
        id: audit

        AuditSection {
            account: root.account
            guildId: root.guildId
        }
    }
    Component {
        id: viewAs

        ViewAsSection {
            account: root.account
            guildId: root.guildId
        }
    }
    Component {
        id: why

        WhySection {
            account: root.account
            guildId: root.guildId
        }
    }
    Component {
        id: channel

        ChannelSettingsContent {
            account: root.account
            guildId: root.guildId
            channelId: root.channelId
            onClosed: root.channelId = ""
        }
    }
}
