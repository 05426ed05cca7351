import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// One channel: name, topic, slow mode, category; and deleting it.
SectionPage {
    id: root

    required property Account account
    required property string guildId
    required property string channelId

    signal gone

    title: qsTr("Overview")
    form: form

    ChannelForm {
        id: form
        account: root.account
        guildId: root.guildId
        channelId: root.channelId
        onGone: root.gone()
    }
    ChannelList {
        id: list
        account: root.account
        guildId: root.guildId
    }
    TextInputField {
        width: parent.width
        enabled: form.editable
        label: qsTr("Name")
        required: true
        maximumLength: 100
        text: form.fields.name ?? ""
        error: form.errors.name ?? ""
        onEdited: form.set("name", text)
        onAccepted: form.save()
    }
    TextAreaField {
        width: parent.width
        visible: form.isText
        enabled: form.editable
        label: qsTr("Topic")
        maximumLength: 1024
        text: form.fields.topic ?? ""
        error: form.errors.topic ?? ""
        onEdited: form.set("topic", text)
    }
    PickField {
        width: parent.width
        visible: !form.isCategory
        enabled: form.editable
        label: qsTr("Category")
        rows: list.categories
        value: form.fields.parent_id ?? ""
        error: form.errors.parent_id ?? ""
        onChosen: key => form.set("parent_id", key)
    }
    PickField {
        width: parent.width
        visible: form.isText
        enabled: form.editable
        label: qsTr("Slow mode: how long everybody waits between two messages")
        rows: form.slowModes
        value: String(form.fields.rate_limit_per_user ?? 0)
        error: form.errors.rate_limit_per_user ?? ""
        onChosen: key => form.set("rate_limit_per_user", Number(key))
    }
    Toggle {
        width: parent.width
        visible: form.isText
        enabled: form.editable
        text: qsTr("For adults")
        description: qsTr("People are asked before they see the channel.")
        checked: form.fields.nsfw ?? false
        onToggled: form.set("nsfw", checked)
    }
    Divider {
        width: parent.width
    }
    GButton {
        anchors.left: parent.left
        kind: GButton.Danger
        iconName: "trash-2"
        text: form.isCategory ? qsTr("Delete category") : qsTr("Delete channel")
        enabled: form.editable
        onClicked: deleting.open()
    }
    ModalDialog {
        id: deleting
        title: qsTr("Delete %1?").arg(form.title)
        text: form.isCategory ? qsTr("Its channels stay, without a category.") : qsTr("All of its messages are gone for everybody.")
        acceptText: qsTr("Delete")
        danger: true
        onAccepted: form.remove()
    }
}
