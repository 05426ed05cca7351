import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// A new guild, or the way into one with an invite.
FocusScope {
    id: root

    required property Account account
    property string invite: ""

    signal entered(string guildId, string channelId)
    signal closed

    implicitHeight: page.implicitHeight
    onInviteChanged: if (invite !== "")
        tabs.currentIndex = 1
    Component.onCompleted: {
        tabs.enter();
        if (invite !== "")
            create.look();
    }

    GuildCreate {
        id: create
        account: root.account
        invite: root.invite
        onEntered: (guildId, channelId) => {
            root.entered(guildId, channelId);
            root.closed();
        }
    }
    ScrollArea {
        id: page
        anchors.fill: parent
        implicitHeight: column.implicitHeight + 2 * Theme.spaceL
        contentHeight: implicitHeight
        clip: true

        Column {
            id: column
            x: Theme.spaceXl
            y: Theme.spaceS
            width: parent.width - 2 * Theme.spaceXl
            spacing: Theme.spaceL

            TabStrip {
                id: tabs
                width: parent.width
                model: [qsTr("New guild"), qsTr("Join with an invite")]
                currentIndex: root.invite === "" ? 0 : 1
                fields: [fresh.first, joining.first]
            }
            Banner {
                width: parent.width
                visible: text !== ""
                tone: Banner.Danger
                text: create.complaint
                closable: true
                onClosed: create.dismiss()
            }
            GuildCreateNew {
                id: fresh
                width: parent.width
                visible: tabs.currentIndex === 0
                create: create
            }
            GuildJoin {
                id: joining
                width: parent.width
                visible: tabs.currentIndex === 1
                create: create
            }
        }
    }
}
