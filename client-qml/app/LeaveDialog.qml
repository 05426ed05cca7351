pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Core
import Guildhall.Ui

// Asks before one leaves a guild.
ModalDialog {
    id: root

    required property Account account
    property string guild: ""
    property string name: ""

    signal noticed(string text)

    title: qsTr("Leave %1?").arg(root.name)
    text: qsTr("You will not see its channels any more. To come back you need an invite.")
    acceptText: qsTr("Leave")
    danger: true
    onAccepted: leaving.leave(root.guild)

    GuildLeaver {
        id: leaving
        account: root.account
        onFailed: text => root.noticed(text)
    }
}
