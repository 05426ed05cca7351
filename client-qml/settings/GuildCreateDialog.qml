import QtQuick
import Guildhall.Core

// GuildCreateContent as a dialog.
ContentPopup {
    id: root

    required property Account account
    property string invite: ""

    signal entered(string guildId, string channelId)

    title: qsTr("A guild")
    body: GuildCreateContent {
        account: root.account
        invite: root.invite
        onEntered: (guildId, channelId) => root.entered(guildId, channelId)
        onClosed: root.close()
    }
}
