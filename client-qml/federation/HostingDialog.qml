import QtQuick
import Guildhall.Core
import Guildhall.Ui

ModalDialog {
    id: root

    required property Account account
    required property string guildId

    title: qsTr("Where this guild lives")
    acceptText: qsTr("Close")
    rejectText: ""
    wantedWidth: 560

    HostingContent {
        width: parent?.width ?? 0
        height: Math.min(contentHeight, 520)
        account: root.account
        guildId: root.guildId
    }
}
