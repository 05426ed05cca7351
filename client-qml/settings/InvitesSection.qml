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

    function askRevoke(code: string): void {
        sure.ask(qsTr("Revoke %1?").arg(code), qsTr("Whoever has this link can no longer join by it."), qsTr("Revoke"), () => list.revoke(code));
    }

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
    SectionList {
        width: parent.width
        page: root
        rows: list.rows
        visible: list.canList

        delegate: ListRow {
            id: row

            required property string key
            required property string channel
            required property string inviter
            required property string uses
            required property string expires
            required property string link
            required property string remote

            width: ListView.view.width
            title: qsTr("%1 · #%2").arg(key).arg(channel)
            subtitle: qsTr("by %1 · used: %2 · ends: %3").arg(inviter).arg(uses).arg(expires)
            iconName: "link"
            onClicked: list.copy(remote)
            trailing: [
                IconButton {
                    iconName: "trash-2"
                    danger: true
                    text: qsTr("Revoke %1").arg(row.key)
                    onClicked: root.askRevoke(row.key)
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
    ConfirmDialog {
        id: sure
    }
    GText {
        width: parent.width
        visible: list.canList && list.rows.count === 0 && !list.busy
        text: qsTr("There are none at present.")
        muted: true
    }
}
