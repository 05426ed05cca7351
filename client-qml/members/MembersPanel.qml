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
        Keys.onDownPressed: list.go(people.personFrom(-1, 1))
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
        keyNavigationEnabled: false
        highlightFollowsCurrentItem: false
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Members")
        T.ScrollBar.vertical: ScrollBar {
        }
        onContentYChanged: look()
        onHeightChanged: look()
        onCountChanged: {
            look();
            if (currentIndex < 1)
                currentIndex = people.personFrom(-1, 1);
        }
        Keys.onUpPressed: go(people.personFrom(currentIndex, -1))
        Keys.onDownPressed: go(people.personFrom(currentIndex, 1))
        Keys.onPressed: event => {
            event.accepted = event.key === Qt.Key_Home || event.key === Qt.Key_End;
            if (event.accepted)
                go(event.key === Qt.Key_Home ? people.personFrom(-1, 1) : people.personFrom(count, -1));
        }

        function look(): void {
            people.look(Math.max(0, indexAt(0, Math.max(0, contentY))), indexAt(0, contentY + height - 1));
        }
        function go(row: int): void {
            if (row < 0)
                return;
            positionViewAtIndex(row, ListView.Contain);
            itemAtIndex(row).forceActiveFocus(Qt.TabFocusReason);
            currentIndex = row;
        }
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
