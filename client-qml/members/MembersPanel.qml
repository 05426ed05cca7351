pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Guildhall.Core
import Guildhall.Members
import Guildhall.Ui

// The members of the open guild.
FocusScope {
    id: root

    required property Account account
    property string guildId: ""
    property string channelId: ""

    signal profileRequested(string userId, Item near)

    SearchField {
        id: field
        x: Theme.spaceM
        y: Theme.spaceS
        width: parent.width - 2 * Theme.spaceM
        placeholderText: qsTr("Find a member")
        onEdited: people.filter = text
        onCleared: people.filter = ""
    }
    ListView {
        id: list
        anchors.fill: parent
        anchors.topMargin: field.height + 2 * Theme.spaceS
        clip: true
        focus: true
        reuseItems: true
        boundsBehavior: Flickable.StopAtBounds
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Members")
        T.ScrollBar.vertical: ScrollBar {
        }
        onContentYChanged: people.look(list.indexAt(0, contentY), list.indexAt(0, contentY + height - 1))
        model: MemberListModel {
            id: people
            account: root.account
            guildId: root.guildId
            channelId: root.channelId
        }
        delegate: MemberRow {
            id: row
            onClicked: root.profileRequested(id, row)
        }
    }
    EmptyState {
        anchors.centerIn: list
        width: list.width - 2 * Theme.spaceL
        visible: list.count === 0
        iconName: "users"
        title: field.text === "" ? qsTr("Nobody is known here yet") : qsTr("Nobody has that name")
    }
}
