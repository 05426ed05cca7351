import QtQuick
import Guildhall.Core

// ChannelSettingsContent as a dialog.
ContentPopup {
    id: root

    required property Account account
    required property string guildId
    required property string channelId
    property string section: ""

    title: qsTr("Channel settings")
    large: true
    body: ChannelSettingsContent {
        account: root.account
        guildId: root.guildId
        channelId: root.channelId
        section: root.section
        onClosed: root.close()
    }
}
