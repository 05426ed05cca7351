import QtQuick
import Guildhall.Core
import Guildhall.Ui

// ExplainContent as a page of a phone.
PhonePage {
    id: root

    required property Account account
    required property string guildId
    property string channelId: ""
    property int bit: -1
    property string userId: ""

    signal closed

    title: qsTr("Why can’t I?")
    onBack: closed()

    ExplainContent {
        anchors.fill: parent
        focus: true
        account: root.account
        guildId: root.guildId
        channelId: root.channelId
        bit: root.bit
        userId: root.userId
        onClosed: root.closed()
    }
}
