pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// The members: found, sorted, and what can be done about one of them.
SectionPage {
    id: root

    required property Account account
    required property string guildId

    title: qsTr("Members")
    view: list

    MemberList {
        id: list
        account: root.account
        guildId: root.guildId
    }
    SearchField {
        width: parent.width
        placeholderText: qsTr("Name or id")
        text: list.search
        onEdited: list.search = text
    }
    Flow {
        width: parent.width
        spacing: Theme.spaceM

        PickField {
            width: Math.min(parent.width, 240)
            label: qsTr("With the role")
            rows: list.roles
            value: list.roleId
            onChosen: key => list.roleId = key
        }
        SelectBox {
            width: Math.min(parent.width, 240)
            label: qsTr("Order")
            model: [qsTr("By name"), qsTr("Newest first"), qsTr("Oldest first")]
            onActivated: index => list.order = ["name", "newest", "oldest"][index]
        }
    }
    GText {
        width: parent.width
        text: qsTr("%1 of %2").arg(list.rows.count).arg(Math.max(list.memberCount, list.rows.count))
        kind: GText.Caption
        muted: true
    }
    SectionList {
        width: parent.width
        page: root
        rows: list.rows

        delegate: MemberRow {
            width: ListView.view.width
            onActionWanted: action => actions.show(key, action)
        }
    }
    MemberActionsDialog {
        id: actions

        function show(user: string, wanted: string) {
            userId = user;
            action = wanted;
            open();
        }

        account: root.account
        guildId: root.guildId
        userId: ""
    }
}
