import QtQuick
import Guildhall.Core

// ChannelCreateContent as a dialog.
ContentPopup {
    id: root

    required property Account account
    required property string guildId
    property string parentId: ""

    signal created(string channelId)

    title: qsTr("New channel")
    body: ChannelCreateContent {
        account: root.account
        guildId: root.guildId
        parentId: root.parentId
        onCreated: channelId => root.created(channelId)
        onClosed: root.close()
    }
}
