import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// One role: how it looks, what it may do, who has it.
Column {
    id: root

    required property Account account
    required property string guildId
    required property string roleId
    readonly property RoleForm form: form

    signal closed
    signal removeRequested

    function back() {
        form.dirty ? leaving.open() : closed();
    }

    spacing: Theme.spaceL

    RoleForm {
        id: form
        account: root.account
        guildId: root.guildId
        roleId: root.roleId
        onGone: root.closed()
    }
    Row {
        width: parent.width
        spacing: Theme.spaceS

        IconButton {
            id: back
            iconName: LayoutMirroring.enabled ? "arrow-right" : "arrow-left"
            text: qsTr("All roles")
            onClicked: root.back()
        }
        GText {
            width: parent.width - back.width - parent.spacing
            anchors.verticalCenter: parent.verticalCenter
            text: form.title
            kind: GText.Heading
            Accessible.role: Accessible.Heading
        }
    }
    TabStrip {
        id: tabs
        width: parent.width
        model: form.isEveryone ? [qsTr("Permissions")] : [qsTr("Permissions"), qsTr("Display"), qsTr("Members")]
    }
    Column {
        width: parent.width
        spacing: Theme.spaceM
        visible: tabs.currentIndex === 0

        SearchField {
            id: search
            width: parent.width
            placeholderText: qsTr("Search permissions")
        }
        PermissionList {
            width: parent.width
            rows: form.permissions
            search: search.text
            onChosen: (bit, state) => form.setPermission(bit, state > 0)
        }
    }
    RoleDisplay {
        width: parent.width
        visible: tabs.currentIndex === 1
        form: form
        onRemoveRequested: root.removeRequested()
    }
    RoleMembers {
        width: parent.width
        visible: tabs.currentIndex === 2
        form: form
    }
    LeaveQuestion {
        id: leaving
        onAccepted: root.closed()
    }
}
