import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// What lies on this device.
SectionPage {
    id: root

    required property Account account

    title: qsTr("Storage")

    DeviceInfo {
        id: device
        account: root.account
    }
    SectionHeader {
        width: parent.width
        text: qsTr("Your logins")
    }
    Banner {
        width: parent.width
        tone: Accounts.keychain ? Banner.Positive : Banner.Warning
        iconName: Accounts.keychain ? "shield-check" : "shield-alert"
        text: Accounts.keychain ? qsTr("They are kept in the keychain of your system.") : qsTr("Your system offers no keychain. They are kept in a file that only your user can read; who can read your files can use your accounts.")
    }
    SectionHeader {
        width: parent.width
        text: qsTr("What was read")
    }
    Banner {
        width: parent.width
        visible: text !== ""
        tone: Banner.Warning
        text: root.account?.complaint ?? ""
    }
    GText {
        width: parent.width
        text: qsTr("%1 on this device, so that the client opens at once and works without a line.").arg(device.cacheSize)
        wrapMode: Text.Wrap
    }
    GText {
        width: parent.width
        text: device.cacheFolder
        kind: GText.Caption
        muted: true
        wrapMode: Text.WrapAnywhere
    }
    GButton {
        anchors.left: parent.left
        iconName: "trash-2"
        text: qsTr("Delete kept messages")
        onClicked: clearing.open()
    }
    ModalDialog {
        id: clearing
        title: qsTr("Delete kept messages?")
        text: qsTr("They are loaded again from your node when you open a channel. Drafts and unsent messages stay.")
        acceptText: qsTr("Delete")
        danger: true
        onAccepted: device.clearMessages()
    }
}
