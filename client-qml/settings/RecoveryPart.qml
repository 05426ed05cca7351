import QtQuick
import QtQuick.Dialogs
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// The phrase and the backup with which an account moves to another node.
Column {
    id: root

    required property Account account

    spacing: Theme.spaceM

    RecoveryForm {
        id: form
        account: root.account
        onChanged: if (phrase !== "")
            password.text = ""
    }
    SectionHeader {
        width: parent.width
        text: qsTr("If your node disappears")
    }
    GText {
        width: parent.width
        text: qsTr("With a phrase and a backup you can take your account, with its guilds, to another node. Whoever has both can do so too: keep them apart, and show them to nobody.")
        muted: true
        wrapMode: Text.Wrap
    }
    Banner {
        width: parent.width
        visible: text !== ""
        tone: Banner.Danger
        text: form.complaint
    }
    TextInputField {
        id: password
        width: parent.width
        visible: form.phrase === ""
        label: qsTr("Your password")
        password: true
        error: form.error
        onAccepted: form.make(text)
    }
    GButton {
        anchors.left: parent.left
        visible: form.phrase === ""
        iconName: "key-round"
        text: qsTr("Make recovery phrase")
        enabled: password.text !== "" && !busy
        busy: form.busy
        onClicked: form.make(password.text)
    }
    Banner {
        width: parent.width
        visible: form.phrase !== ""
        tone: Banner.Warning
        text: qsTr("This phrase is shown only now. Write it down on paper, and save the backup: both are needed.")
    }
    TextAreaField {
        width: parent.width
        visible: form.phrase !== ""
        label: qsTr("Recovery phrase")
        readOnly: true
        text: form.phrase
    }
    Row {
        visible: form.phrase !== ""
        spacing: Theme.spaceS

        GButton {
            iconName: form.saved ? "check" : "save"
            text: form.saved ? qsTr("Backup saved") : qsTr("Save backup")
            onClicked: chooser.active ? (chooser.item as FileDialog).open() : chooser.active = true
        }
        GButton {
            kind: GButton.Primary
            text: qsTr("I wrote it down")
            enabled: form.saved
            onClicked: form.forget()
        }
    }
    Loader {
        id: chooser
        active: false
        sourceComponent: FileDialog {
            title: qsTr("Save backup")
            fileMode: FileDialog.SaveFile
            defaultSuffix: "guildhall-backup"
            onAccepted: form.saveBackup(selectedFile)
        }
        onLoaded: (item as FileDialog).open()
    }
}
