pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Login
import Guildhall.Ui

// A name and a password at the chosen node.
Column {
    id: root

    required property LoginModel login
    property string expiredName: ""
    property bool isNew: true // as the tabs say, where the node leaves the choice
    readonly property bool registers: isNew && expiredName === "" && login.registration !== "closed"

    function submit(): void {
        if (!submitButton.enabled)
            return;
        if (registers)
            login.signUp(name.text, displayName.text, password.text, invite.text);
        else
            login.logIn(name.text, password.text);
    }

    spacing: Theme.spaceM
    onVisibleChanged: if (visible)
        (expiredName === "" ? name : password).forceActiveFocus()

    ListRow {
        width: parent.width
        iconName: "server"
        title: root.login.nodeName
        subtitle: qsTr("Fingerprint %1, version %2").arg(root.login.fingerprint.slice(0, 19)).arg(root.login.version)
        onClicked: details.visible = !details.visible
    }
    GText {
        id: details
        width: parent.width
        visible: false
        kind: GText.Caption
        muted: true
        wrapMode: Text.Wrap
        font.family: Theme.monospaceFamily
        text: root.login.fingerprint
    }
    Banner {
        width: parent.width
        visible: root.login.warning !== ""
        height: visible ? implicitHeight : 0
        tone: Banner.Danger
        text: root.login.warning
    }
    TabStrip {
        width: parent.width
        visible: root.expiredName === "" && root.login.registration !== "closed"
        model: [qsTr("New here"), qsTr("I have an account")]
        currentIndex: root.registers ? 0 : 1
        onActivated: index => root.isNew = index === 0
        fields: [name, name]
    }
    GText {
        width: parent.width
        visible: root.login.registration === "closed" && root.expiredName === ""
        muted: true
        wrapMode: Text.Wrap
        text: qsTr("This node takes no new accounts. Log in if you have one.")
    }
    TextInputField {
        id: name
        width: parent.width
        label: qsTr("Name")
        text: root.expiredName
        readOnly: root.login.busy || root.expiredName !== ""
        hint: root.registers ? qsTr("Small letters, digits, dots and underscores; others see %1@%2").arg(text === "" ? qsTr("name") : text).arg(root.login.nodeName) : ""
        error: root.login.fieldErrors.username ?? root.login.fieldErrors.login ?? ""
        maximumLength: root.registers ? 32 : 254
        onAccepted: password.forceActiveFocus()
    }
    TextInputField {
        id: displayName
        width: parent.width
        visible: root.registers
        label: qsTr("How people see you (may be left out)")
        error: root.login.fieldErrors.global_name ?? ""
        maximumLength: 32
    }
    TextInputField {
        id: password
        width: parent.width
        label: qsTr("Password")
        password: true
        hint: root.registers ? qsTr("8 characters or more") : ""
        error: root.login.fieldErrors.password ?? ""
        readOnly: root.login.busy
        onAccepted: root.submit()
    }
    TextInputField {
        id: invite
        width: parent.width
        visible: root.registers && root.login.registration === "invite"
        label: qsTr("Invite")
        hint: qsTr("This node takes who has one.")
        error: root.login.fieldErrors.invite ?? ""
    }
    GText {
        width: parent.width
        visible: root.login.error !== ""
        color: Theme.danger
        wrapMode: Text.Wrap
        text: root.login.error
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
    GButton {
        id: submitButton
        width: parent.width
        kind: GButton.Primary
        busy: root.login.busy
        enabled: name.text.trim() !== "" && password.text.length >= (root.registers ? 8 : 1)
        text: root.registers ? qsTr("Create the account") : qsTr("Log in")
        onClicked: root.submit()
    }
    GButton {
        width: parent.width
        visible: root.expiredName === ""
        kind: GButton.Ghost
        text: qsTr("Choose another node")
        onClicked: root.login.back()
    }
}
