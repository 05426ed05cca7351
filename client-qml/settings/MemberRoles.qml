pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Settings
import Guildhall.Ui

// A member's nickname and roles.
Column {
    id: root

    required property MemberActions form

    spacing: Theme.spaceM

    TextInputField {
        width: parent.width
        enabled: root.form.noNick === ""
        label: qsTr("Nickname")
        placeholderText: root.form.username
        hint: root.form.noNick
        maximumLength: 32
        text: root.form.fields.nick ?? ""
        error: root.form.errors.nick ?? ""
        onEdited: root.form.set("nick", text)
    }
    SectionHeader {
        width: parent.width
        text: qsTr("Roles")
    }
    Repeater {
        model: root.form.roles

        CheckItem {
            id: row

            required property string key
            required property string name
            required property int color
            required property bool has
            required property bool locked
            required property string reason

            width: root.width
            text: name
            description: reason
            enabled: !locked
            checked: has
            onToggled: root.form.set(key, checked)
        }
    }
    GText {
        visible: root.form.roles.count === 0
        text: qsTr("This guild has no roles yet.")
        muted: true
    }
}
