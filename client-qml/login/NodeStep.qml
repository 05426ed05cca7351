pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Login
import Guildhall.Ui

// The choice of a home node.
Column {
    id: root

    required property LoginModel login

    spacing: Theme.spaceM
    onVisibleChanged: if (visible)
        again()

    // One types at once; an address that is given needs only a yes.
    function enter(): void {
        (login.address === "" ? field : next).forceActiveFocus(Qt.TabFocusReason);
    }
    function again(): void {
        field.forceActiveFocus(Qt.TabFocusReason);
        field.selectAll();
    }

    GText {
        width: parent.width
        muted: true
        wrapMode: Text.Wrap
        text: qsTr("Your account lives at a home node: your own, a friend's or your community's. From there you reach the guilds of every other node.")
    }
    TextInputField {
        id: field
        width: parent.width
        focus: true
        label: qsTr("Address of your home node")
        placeholderText: "chat.example.org"
        text: root.login.address
        error: root.login.error
        readOnly: root.login.busy
        onEdited: root.login.address = text
        onAccepted: root.login.check()
    }
    GButton {
        id: next
        width: parent.width
        kind: GButton.Primary
        text: qsTr("Continue")
        busy: root.login.busy
        enabled: field.text.trim() !== ""
        onClicked: root.login.check()
    }
    SectionHeader {
        width: parent.width
        visible: root.login.found.length > 0
        text: qsTr("Found on this machine")
    }
    Repeater {
        model: root.login.found

        ListRow {
            required property string modelData

            width: root.width
            iconName: "server"
            title: modelData
            chevron: true
            onClicked: {
                root.login.address = modelData;
                root.login.check();
            }
        }
    }
}
