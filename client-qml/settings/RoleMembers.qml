pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Settings
import Guildhall.Ui

// Who has a role, as far as they are known here.
Column {
    id: root

    required property RoleForm form

    function askRemove(key: string, name: string): void {
        sure.ask(qsTr("Take the role from %1?").arg(name), qsTr("It is done at once."), qsTr("Take the role"), () => form.removeMember(key));
    }

    GText {
        width: parent.width
        visible: root.form.members.count === 0
        text: qsTr("Nobody who is known here has this role. Give it to people under “Members”.")
        muted: true
        wrapMode: Text.Wrap
    }
    ConfirmDialog {
        id: sure
    }
    ListView {
        width: parent.width
        height: Math.min(contentHeight, 480)
        clip: true
        reuseItems: true
        model: root.form.members
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Members")

        delegate: ListRow {
            id: row

            required property string key
            required property string name
            required property string avatar

            width: ListView.view.width
            title: name
            leading: Avatar {
                name: row.name
                colorId: row.key
                source: row.avatar
                size: Theme.avatarSmall
            }
            trailing: IconButton {
                iconName: "user-minus"
                text: qsTr("Take the role from %1").arg(row.name)
                enabled: root.form.editable
                onClicked: root.askRemove(row.key, row.name)
            }
        }
    }
}
