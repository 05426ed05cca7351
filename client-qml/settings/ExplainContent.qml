import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// "Why can't I?": every permission, whether one has it here, and what decided that.
FocusScope {
    id: root

    required property Account account
    required property string guildId
    property string channelId: ""
    property string userId: ""
    property int bit: -1

    signal closed

    implicitHeight: 560

    AccessView {
        id: view
        account: root.account
        guildId: root.guildId
        channelId: root.channelId
        userId: root.userId
        bit: root.bit
    }
    ScrollArea {
        anchors.fill: parent
        contentHeight: column.implicitHeight + 2 * Theme.spaceL
        clip: true

        Column {
            id: column
            x: Theme.spaceXl
            y: Theme.spaceM
            width: parent.width - 2 * Theme.spaceXl
            spacing: Theme.spaceM

            GText {
                width: parent.width
                text: qsTr("%1 in %2").arg(view.who).arg(view.where)
                muted: true
                wrapMode: Text.Wrap
            }
            SearchField {
                id: search
                width: parent.width
                focus: true
                placeholderText: qsTr("Search permissions")
            }
            AccessRows {
                width: parent.width
                view: view
                search: search.text
            }
        }
    }
}
