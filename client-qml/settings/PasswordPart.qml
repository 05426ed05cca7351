import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// Changing one's password.
Column {
    id: root

    required property Account account

    function submit() {
        form.change(old.text, wanted.text, repeated.text);
    }

    spacing: Theme.spaceM

    PasswordForm {
        id: form
        account: root.account
        onChanged: {
            old.text = wanted.text = repeated.text = "";
            done.visible = true;
        }
    }
    SectionHeader {
        width: parent.width
        text: qsTr("Password")
    }
    Banner {
        id: done
        width: parent.width
        visible: false
        tone: Banner.Positive
        text: qsTr("Your password is changed, and all other sessions have ended.")
        closable: true
        onClosed: visible = false
    }
    Banner {
        width: parent.width
        visible: text !== ""
        tone: Banner.Danger
        text: form.complaint
    }
    TextInputField {
        id: old
        width: parent.width
        label: qsTr("Present password")
        password: true
        error: form.oldError
    }
    TextInputField {
        id: wanted
        width: parent.width
        label: qsTr("New password")
        password: true
        error: form.newError
    }
    TextInputField {
        id: repeated
        width: parent.width
        label: qsTr("New password again")
        password: true
        error: form.repeatError
        onAccepted: root.submit()
    }
    GButton {
        anchors.left: parent.left
        text: qsTr("Change password")
        enabled: wanted.text !== "" && !busy
        busy: form.busy
        onClicked: root.submit()
    }
}
