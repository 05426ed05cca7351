import QtQuick
import Guildhall.Core

// MemberActionsContent as a dialog.
ContentPopup {
    id: root

    required property Account account
    required property string guildId
    required property string userId
    property string action: "roles"

    title: qsTr("Member")
    body: MemberActionsContent {
        account: root.account
        guildId: root.guildId
        userId: root.userId
        action: root.action
        onClosed: root.close()
    }
}
