import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// What the guild is called and looks like, what it expects of newcomers; leaving and deleting it.
SectionPage {
    id: root

    required property Account account
    required property string guildId

    signal gone

    title: qsTr("Overview")
    form: form

    GuildOverview {
        id: form
        account: root.account
        guildId: root.guildId
        onGone: root.gone()
    }
    IconEditor {
        width: parent.width
        enabled: form.editable
        name: form.name
        colorId: root.guildId
        source: form.iconSource
        square: true
        error: form.errors.icon ?? ""
        onPicked: uri => form.set("icon", uri)
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
        enabled: form.editable
        label: qsTr("Description")
        maximumLength: 300
        text: form.fields.description ?? ""
        error: form.errors.description ?? ""
        onEdited: form.set("description", text)
    }
    PickField {
        width: parent.width
        enabled: form.editable
        label: qsTr("Where newcomers are greeted")
        rows: form.textChannels
        value: form.fields.system_channel_id ?? ""
        error: form.errors.system_channel_id ?? ""
        onChosen: key => form.set("system_channel_id", key)
    }
    SelectBox {
        width: parent.width
        enabled: form.editable
        label: qsTr("Notifications, where members chose nothing else")
        model: [qsTr("All messages"), qsTr("Only mentions")]
        currentIndex: form.fields.default_message_notifications ?? 0
        onActivated: index => form.set("default_message_notifications", index)
    }
    SelectBox {
        width: parent.width
        enabled: form.editable
        label: qsTr("Whom to let write")
        model: [qsTr("Everybody"), qsTr("With a verified address"), qsTr("Registered for 5 minutes"), qsTr("A member for 10 minutes"), qsTr("With a verified phone")]
        currentIndex: form.fields.verification_level ?? 0
        error: form.errors.verification_level ?? ""
        onActivated: index => form.set("verification_level", index)
    }
    Divider {
        width: parent.width
    }
    GButton {
        anchors.left: parent.left
        visible: !form.isOwner
        iconName: "log-out"
        text: qsTr("Leave guild")
        onClicked: leaving.open()
    }
    GButton {
        anchors.left: parent.left
        visible: form.isOwner
        kind: GButton.Danger
        iconName: "trash-2"
        text: qsTr("Delete guild")
        onClicked: deleting.open()
    }
    TypedConfirm {
        id: leaving
        wanted: form.name
        confirmed: form.confirms(typed)
        title: qsTr("Leave %1?").arg(form.name)
        text: qsTr("You can come back only with a new invite.")
        acceptText: qsTr("Leave guild")
        onAccepted: form.leave()
    }
    TypedConfirm {
        id: deleting
        wanted: form.name
        confirmed: form.confirms(typed)
        title: qsTr("Delete %1?").arg(form.name)
        text: qsTr("All of its channels and messages are gone for everybody. This cannot be undone.")
        acceptText: qsTr("Delete guild")
        onAccepted: form.remove()
    }
}
