pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// Who is banned; unbanning, and banning by id.
SectionPage {
    id: root

    required property Account account
    required property string guildId

    function askUnban(key: string, name: string): void {
        sure.ask(qsTr("Unban %1?").arg(name), qsTr("They may come back by an invite."), qsTr("Unban"), () => list.unban(key));
    }
    function askBan(): void {
        if (ban.enabled)
            sure.ask(qsTr("Ban %1?").arg(user.text.trim()), qsTr("Whoever has this id cannot join, and leaves at once if they are here."), qsTr("Ban"), add);
    }
    function add(): void {
        user.error = list.add(user.text, reason.text) ? "" : qsTr("This is no id.");
    }

    title: qsTr("Bans")
    view: list

    BanList {
        id: list
        account: root.account
        guildId: root.guildId
        onBanned: user.text = reason.text = ""
    }
    Banner {
        width: parent.width
        visible: text !== ""
        iconName: "lock"
        text: list.reason
    }
    SearchField {
        width: parent.width
        visible: list.reason === ""
        text: list.search
        onEdited: list.search = text
    }
    SectionList {
        width: parent.width
        page: root
        rows: list.rows

        delegate: ListRow {
            id: row

            required property string key
            required property string name
            required property string username
            required property string avatar
            required property string reason

            width: ListView.view.width
            title: name
            subtitle: reason === "" ? username : qsTr("%1 · %2").arg(username).arg(reason)
            leading: Avatar {
                name: row.name
                colorId: row.key
                source: row.avatar
                size: Theme.avatarSmall
            }
            trailing: GButton {
                small: true
                text: qsTr("Unban")
                Accessible.name: qsTr("Unban %1").arg(row.name)
                onClicked: root.askUnban(row.key, row.name)
            }
        }
    }
    EmptyState {
        width: parent.width
        visible: list.reason === "" && list.rows.count === 0 && !list.busy
        iconName: "shield-check"
        title: list.search === "" ? qsTr("Nobody is banned") : qsTr("Nobody found")
    }
    GButton {
        anchors.left: parent.left
        visible: list.more
        text: qsTr("Show more")
        onClicked: list.loadMore()
    }
    SectionHeader {
        width: parent.width
        visible: list.reason === ""
        text: qsTr("Ban somebody who is not here")
    }
    TextInputField {
        id: user
        width: parent.width
        visible: list.reason === ""
        label: qsTr("Their id")
        inputMethodHints: Qt.ImhDigitsOnly
        maximumLength: 20
        onAccepted: root.askBan()
    }
    TextInputField {
        id: reason
        width: parent.width
        visible: list.reason === ""
        label: qsTr("Reason")
        maximumLength: 512
    }
    GButton {
        id: ban
        anchors.left: parent.left
        visible: list.reason === ""
        kind: GButton.Danger
        text: qsTr("Ban")
        enabled: user.text !== "" && !list.busy
        onClicked: root.askBan()
    }
    ConfirmDialog {
        id: sure
    }
}
