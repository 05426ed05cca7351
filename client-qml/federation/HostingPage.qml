import QtQuick
import Guildhall.Core
import Guildhall.Ui

PhonePage {
    id: root

    required property Account account
    required property string guildId

    signal closed

    anchors.fill: parent
    title: qsTr("Where this guild lives")
    onBack: root.closed()

    HostingContent {
        anchors.fill: parent
        account: root.account
        guildId: root.guildId
    }
}
