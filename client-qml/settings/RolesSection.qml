pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// The roles, highest first; one of them opened shows in their place.
SectionPage {
    id: root

    required property Account account
    required property string guildId
    property string roleId: ""

    function stepBack(): bool {
        const open = roleId !== "";
        if (open)
            editor.back();
        return open;
    }

    title: roleId === "" ? qsTr("Roles") : ""
    text: roleId === "" ? qsTr("Who has several roles gets the permissions of all of them. The highest coloured one gives the name its colour.") : ""
    form: roleId === "" ? list : editor.form

    RoleList {
        id: list
        account: root.account
        guildId: root.guildId
        onCreated: roleId => root.roleId = roleId
    }
    GButton {
        anchors.left: parent.left
        visible: root.roleId === ""
        iconName: "plus"
        text: qsTr("Create role")
        enabled: list.editable && !list.busy
        onClicked: list.create()
    }
    Column {
        width: parent.width
        visible: root.roleId === ""
        Accessible.role: Accessible.List
        Accessible.name: root.title

        Repeater {
            model: list.rows

            ReorderRow {
                id: row

                required property string key
                required property string name
                required property int color
                required property int members
                required property bool isEveryone
                required property int index
                required property var model

                title: name
                subtitle: members < 0 || isEveryone ? "" : qsTr("%n member(s)", "", members)
                movable: model.movable
                chevron: true
                leading: RoleDot {
                    anchors.verticalCenter: parent?.verticalCenter
                    value: row.color
                }
                onClicked: root.roleId = key
                onStepped: step => list.step(key, step)
                onDropped: rows => list.moveTo(key, index + rows)
            }
        }
    }
    RoleEditor {
        id: editor
        width: parent.width
        visible: root.roleId !== ""
        account: root.account
        guildId: root.guildId
        roleId: root.roleId
        onClosed: root.roleId = ""
        onRemoveRequested: list.remove(root.roleId)
    }
}
