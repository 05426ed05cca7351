import QtQuick
import Guildhall.Settings
import Guildhall.Ui

// How a role looks and is shown; and deleting it.
Column {
    id: root

    required property RoleForm form

    signal removeRequested

    spacing: Theme.spaceL
    enabled: form.editable

    TextInputField {
        width: parent.width
        label: qsTr("Name")
        required: true
        maximumLength: 100
        text: root.form.fields.name ?? ""
        error: root.form.errors.name ?? ""
        onEdited: root.form.set("name", text)
    }
    ColorPickerField {
        width: parent.width
        label: qsTr("Colour")
        color: (root.form.fields.color ?? 0) === 0 ? "transparent" : root.form.colorText()
        onPicked: color => root.form.setColor(color.a === 0 ? "" : String(color))
    }
    Toggle {
        width: parent.width
        text: qsTr("Show its members apart")
        description: qsTr("The member list has a heading for this role.")
        checked: root.form.fields.hoist ?? false
        onToggled: root.form.set("hoist", checked)
    }
    Toggle {
        width: parent.width
        text: qsTr("Everybody may mention it")
        description: qsTr("Writing @ and its name notifies all of its members.")
        checked: root.form.fields.mentionable ?? false
        onToggled: root.form.set("mentionable", checked)
    }
    GButton {
        anchors.left: parent.left
        kind: GButton.Danger
        iconName: "trash-2"
        text: qsTr("Delete role")
        enabled: root.form.editable && !root.form.isManaged
        onClicked: deleting.open()
    }
    ModalDialog {
        id: deleting
        title: qsTr("Delete the role %1?").arg(root.form.title)
        text: qsTr("Its members lose what it granted.")
        acceptText: qsTr("Delete role")
        danger: true
        onAccepted: root.removeRequested()
    }
}
