pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Core
import Guildhall.Settings

// All that one can set of a channel.
FocusScope {
    id: root

    required property Account account
    required property string guildId
    required property string channelId
    property alias section: frame.current

    signal closed

    function back() {
        frame.backByKey();
    }

    implicitWidth: frame.implicitWidth
    implicitHeight: frame.implicitHeight
    Keys.onEscapePressed: back()
    Keys.onBackPressed: back()

    ChannelForm {
        id: channel
        account: root.account
        guildId: root.guildId
        channelId: root.channelId
    }
    SettingsFrame {
        id: frame
        anchors.fill: parent
        focus: true
        title: channel.title
        sections: [{
                "key": "overview",
                "title": qsTr("Overview"),
                "icon": "info",
                "component": overview
            }, {
                "key": "permissions",
                "title": qsTr("Permissions"),
                "icon": "shield",
                "component": permissions
            }, {
                "key": "invites",
                "title": qsTr("Invites"),
                "icon": "user-plus",
                "component": invites,
                "hidden": channel.isCategory
            }]
        onClosed: root.closed()
    }
    Component {
        id: overview

        ChannelOverviewSection {
            account: root.account
            guildId: root.guildId
            channelId: root.channelId
            onGone: root.closed()
        }
    }
    Component {
        id: permissions

        ChannelPermissionsSection {
            account: root.account
            guildId: root.guildId
            channelId: root.channelId
        }
    }
    Component {
        id: invites

        InviteContent {
            account: root.account
            guildId: root.guildId
            channelId: root.channelId
        }
    }
}
