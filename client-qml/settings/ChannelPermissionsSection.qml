pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// What a channel allows and denies beyond the roles: for whom, then permission by permission.
SectionPage {
    id: root

    required property Account account
    required property string guildId
    required property string channelId

    title: qsTr("Permissions")
    text: qsTr("A channel can say otherwise than the roles. What it says of a person beats what it says of a role, and that beats what it says of everybody.")
    form: form
    widthMax: 860

    Overwrites {
        id: form
        account: root.account
        guildId: root.guildId
        channelId: root.channelId
    }
    Banner {
        width: parent.width
        visible: form.categoryName !== ""
        tone: form.inSync ? Banner.Positive : Banner.Info
        text: form.inSync ? qsTr("The same as the category %1.").arg(form.categoryName) : qsTr("Differs from the category %1.").arg(form.categoryName)
        actionText: form.inSync || !form.editable ? "" : qsTr("Sync now")
        onAction: form.sync()
    }
    SectionHeader {
        width: parent.width
        text: qsTr("Roles and members")
        actions: IconButton {
            iconName: "plus"
            text: qsTr("Add a role or member")
            enabled: form.editable
            onClicked: adding.open()
        }
    }
    Flow {
        width: parent.width
        spacing: Theme.spaceS
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Roles and members")

        Repeater {
            model: form.targets

            OverwriteTarget {
                required property string key

                selected: form.target === key
                removable: form.editable && !isEveryone
                onClicked: form.target = key
                onRemoved: form.remove(key)
            }
        }
    }
    SearchField {
        id: search
        width: parent.width
        placeholderText: qsTr("Search permissions")
    }
    SectionHeader {
        width: parent.width
        text: qsTr("What %1 may do here").arg(form.targetName)
    }
    PermissionList {
        width: parent.width
        rows: form.permissions
        threeStates: true
        search: search.text
        onChosen: (bit, state) => form.setState(bit, state)
    }
    Sheet {
        id: adding
        title: qsTr("Add a role or member")

        OverwriteAdd {
            width: parent?.width ?? 0
            form: form
            onAdded: adding.close()
        }
    }
}
