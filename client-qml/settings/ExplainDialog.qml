import QtQuick
import Guildhall.Core

// ExplainContent as a dialog.
ContentPopup {
    id: root

    required property Account account
    required property string guildId
    property string channelId: ""
    property int bit: -1
    property string userId: ""

    title: qsTr("Why can’t I?")
    body: ExplainContent {
        account: root.account
        guildId: root.guildId
        channelId: root.channelId
        bit: root.bit
        userId: root.userId
        onClosed: root.close()
    }
}
