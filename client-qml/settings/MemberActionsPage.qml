import QtQuick
import Guildhall.Core
import Guildhall.Ui

// MemberActionsContent as a page of a phone.
PhonePage {
    id: root

    required property Account account
    required property string guildId
    required property string userId
    property string action: "roles"

    signal closed

    title: qsTr("Member")
    onBack: content.back()

    MemberActionsContent {
        id: content
        anchors.fill: parent
        focus: true
        account: root.account
        guildId: root.guildId
        userId: root.userId
        action: root.action
        onClosed: root.closed()
    }
}
