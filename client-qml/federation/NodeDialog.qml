import QtQuick
import Guildhall.Core
import Guildhall.Ui

ModalDialog {
    id: root

    required property Account account

    title: qsTr("Your node")
    acceptText: qsTr("Close")
    rejectText: ""
    wantedWidth: 560

    NodeContent {
        width: parent?.width ?? 0
        height: Math.min(contentHeight, 520)
        account: root.account
    }
}
