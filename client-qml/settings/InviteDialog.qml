import QtQuick
import Guildhall.Core

// InviteContent as a dialog.
ContentPopup {
    id: root

    required property Account account
    required property string guildId
    property string channelId: ""

    title: qsTr("Invite people")
    body: InviteContent {
        account: root.account
        guildId: root.guildId
        channelId: root.channelId
        onClosed: root.close()
    }
}
