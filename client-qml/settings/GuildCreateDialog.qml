import QtQuick
import Guildhall.Core

// GuildCreateContent as a dialog.
ContentPopup {
    id: root

    required property Account account
    property string invite: ""

    signal entered(string guildId)

    title: qsTr("A guild")
    body: GuildCreateContent {
        account: root.account
        invite: root.invite
        onEntered: guildId => root.entered(guildId)
        onClosed: root.close()
    }
}
