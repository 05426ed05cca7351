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

    title: qsTr("Bans")
    view: list

    BanList {
        id: list
        account: root.account
        guildId: root.guildId
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
    Column {
        width: parent.width

        Repeater {
            model: list.rows

            ListRow {
                id: row

                required property string key
                required property string name
                required property string username
                required property string avatar
                required property string reason

                width: parent?.width ?? 0
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
                    onClicked: list.unban(row.key)
                }
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
        onAccepted: ban.clicked()
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
        onClicked: user.error = list.add(user.text, reason.text) ? "" : qsTr("This is no id.")
    }
}
