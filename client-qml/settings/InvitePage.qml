import QtQuick
import Guildhall.Core
import Guildhall.Ui

// InviteContent as a page of a phone.
PhonePage {
    id: root

    required property Account account
    required property string guildId
    property string channelId: ""

    signal closed

    title: qsTr("Invite people")
    onBack: closed()

    InviteContent {
        anchors.fill: parent
        focus: true
        account: root.account
        guildId: root.guildId
        channelId: root.channelId
        onClosed: root.closed()
    }
}
