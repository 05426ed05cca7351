import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// Making an invite to one channel.
FocusScope {
    id: root

    required property Account account
    required property string guildId
    property string channelId: ""

    signal closed

    implicitHeight: column.implicitHeight + Theme.spaceXl

    InviteList {
        id: list
        account: root.account
        guildId: root.guildId
    }
    ScrollArea {
        anchors.fill: parent
        contentHeight: column.implicitHeight + Theme.spaceXl
        clip: true

        Column {
            id: column
            x: Theme.spaceXl
            y: Theme.spaceM
            width: parent.width - 2 * Theme.spaceXl
            spacing: Theme.spaceL

            Banner {
                width: parent.width
                visible: text !== ""
                tone: Banner.Danger
                text: list.complaint
            }
            InviteMaker {
                width: parent.width
                list: list
                channelId: root.channelId
            }
        }
    }
}
