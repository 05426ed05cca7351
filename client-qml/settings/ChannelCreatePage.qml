import QtQuick
import Guildhall.Core
import Guildhall.Ui

// ChannelCreateContent as a page of a phone.
PhonePage {
    id: root

    required property Account account
    required property string guildId
    property string parentId: ""

    signal created(string channelId)

    signal closed

    title: qsTr("New channel")
    onBack: closed()

    ChannelCreateContent {
        anchors.fill: parent
        focus: true
        account: root.account
        guildId: root.guildId
        parentId: root.parentId
        onCreated: channelId => root.created(channelId)
        onClosed: root.closed()
    }
}
