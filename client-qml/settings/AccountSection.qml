import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// Name, picture, password, sessions, and the paper from which an account outlives its node.
SectionPage {
    id: root

    required property Account account

    signal logOutRequested

    title: qsTr("My account")
    form: form

    AccountForm {
        id: form
        account: root.account
    }
    IconEditor {
        width: parent.width
        name: root.account?.displayName ?? ""
        colorId: root.account?.userId ?? ""
        source: form.avatarSource
        error: form.errors.avatar ?? ""
        onPicked: uri => form.set("avatar", uri)
    }
    TextInputField {
        width: parent.width
        label: qsTr("How you want to be called")
        hint: qsTr("Your name for logging in stays %1.").arg(root.account?.username ?? "")
        maximumLength: 32
        text: form.fields.global_name ?? ""
        error: form.errors.global_name ?? ""
        onEdited: form.set("global_name", text)
        onAccepted: form.save()
    }
    PasswordPart {
        width: parent.width
        account: root.account
    }
    SessionsPart {
        width: parent.width
        account: root.account
    }
    RecoveryPart {
        width: parent.width
        account: root.account
    }
    Divider {
        width: parent.width
    }
    GButton {
        anchors.left: parent.left
        kind: GButton.Danger
        iconName: "log-out"
        text: qsTr("Log out")
        onClicked: leaving.open()
    }
    ModalDialog {
        id: leaving
        title: qsTr("Log out of %1?").arg(root.account?.username ?? "")
        text: qsTr("What is kept on this device for this account is deleted, drafts and unsent messages too.")
        acceptText: qsTr("Log out")
        danger: true
        onAccepted: root.logOutRequested()
    }
}
