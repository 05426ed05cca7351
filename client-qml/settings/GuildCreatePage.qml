import QtQuick
import Guildhall.Core
import Guildhall.Ui

// GuildCreateContent as a page of a phone.
PhonePage {
    id: root

    required property Account account
    property string invite: ""

    signal entered(string guildId, string channelId)

    signal closed

    title: qsTr("A guild")
    onBack: closed()

    GuildCreateContent {
        anchors.fill: parent
        focus: true
        account: root.account
        invite: root.invite
        onEntered: (guildId, channelId) => root.entered(guildId, channelId)
        onClosed: root.closed()
    }
}
