pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// Making invites, and those that are there.
SectionPage {
    id: root

    required property Account account
    required property string guildId

    title: qsTr("Invites")
    view: list

    InviteList {
        id: list
        account: root.account
        guildId: root.guildId
    }
    InviteMaker {
        width: parent.width
        list: list
    }
    SectionHeader {
        width: parent.width
        visible: list.canList
        text: qsTr("All invites")
    }
    GText {
        width: parent.width
        visible: !list.canList
        text: qsTr("Who may manage the guild sees all invites here.")
        muted: true
        wrapMode: Text.Wrap
    }
    Column {
        width: parent.width
        visible: list.canList

        Repeater {
            model: list.rows

            ListRow {
                id: row

                required property string key
                required property string channel
                required property string inviter
                required property string uses
                required property string expires
                required property string link
                required property string remote

                width: parent?.width ?? 0
                title: qsTr("%1 · #%2").arg(key).arg(channel)
                subtitle: qsTr("by %1 · used: %2 · ends: %3").arg(inviter).arg(uses).arg(expires)
                iconName: "link"
                onClicked: list.copy(remote)
                trailing: [
                    IconButton {
                        iconName: "trash-2"
                        danger: true
                        text: qsTr("Revoke %1").arg(row.key)
                        onClicked: list.revoke(row.key)
                    },
                    IconButton {
                        iconName: "link"
                        text: qsTr("Copy link of %1").arg(row.key)
                        onClicked: list.copy(row.link)
                    },
                    IconButton {
                        iconName: "copy"
                        text: qsTr("Copy %1").arg(row.remote)
                        onClicked: list.copy(row.remote)
                    }
                ]
            }
        }
    }
    GText {
        width: parent.width
        visible: list.canList && list.rows.count === 0 && !list.busy
        text: qsTr("There are none at present.")
        muted: true
    }
}
