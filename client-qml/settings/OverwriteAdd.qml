pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Settings
import Guildhall.Ui

// Roles and members to add to a channel's permissions.
Column {
    id: root

    required property Overwrites form

    signal added

    spacing: Theme.spaceS

    SearchField {
        width: parent.width
        placeholderText: qsTr("Role or member")
        text: root.form.filter
        onEdited: root.form.filter = text
    }
    ListView {
        width: parent.width
        height: Math.min(contentHeight, 360)
        clip: true
        model: root.form.others
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Roles and members")

        delegate: ListRow {
            id: row

            required property string key
            required property string name
            required property bool isMember
            required property int color

            width: ListView.view.width
            title: name
            subtitle: isMember ? qsTr("Member") : qsTr("Role")
            leading: RoleDot {
                anchors.verticalCenter: parent?.verticalCenter
                value: row.color
            }
            onClicked: {
                root.form.add(key);
                root.added();
            }
        }
    }
}
