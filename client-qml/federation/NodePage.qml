import QtQuick
import Guildhall.Core
import Guildhall.Ui

PhonePage {
    id: root

    required property Account account

    signal closed

    anchors.fill: parent
    title: qsTr("Your node")
    onBack: root.closed()

    NodeContent {
        anchors.fill: parent
        account: root.account
    }
}
