pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Guildhall.Core
import Guildhall.Ui

// Who one is, below the channels: status, other accounts, settings.
Rectangle {
    id: root

    required property Account account

    signal settingsRequested(string section)
    signal addAccountRequested
    signal nodeRequested

    readonly property var statusNames: ({
            "online": qsTr("Online"),
            "idle": qsTr("Away"),
            "dnd": qsTr("Do not disturb"),
            "invisible": qsTr("Invisible")
        })

    implicitHeight: Theme.headerHeight + Theme.spaceXs
    color: Theme.rail

    T.AbstractButton {
        id: who
        anchors.left: parent.left
        anchors.right: gear.visible ? gear.left : parent.right
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        activeFocusOnTab: true
        text: qsTr("%1, %2").arg(root.account.displayName).arg(root.statusNames[root.account.status] ?? "")
        Accessible.role: Accessible.ButtonMenu
        Accessible.onPressAction: who.clicked()
        Accessible.name: text
        onClicked: menu.openAt(who, Theme.spaceS, -menu.implicitHeight)
        Keys.onReturnPressed: who.clicked()

        background: Rectangle {
            color: who.hovered ? Theme.hover : "transparent"

            KeyboardFocusRing {
                active: who.visualFocus
            }
        }
        contentItem: Item {
            Avatar {
                id: face
                anchors.left: parent.left
                anchors.leftMargin: Theme.spaceS
                anchors.verticalCenter: parent.verticalCenter
                size: Theme.avatarSmall
                name: root.account.displayName
                colorId: root.account.userId
                source: root.account.avatarUrl === "" ? "" : root.account.avatarUrl + "?size=64&round"
                status: root.account.line === Account.Ready ? root.account.status : "offline"
                ground: Theme.rail
                Accessible.ignored: true
            }
            Column {
                anchors.left: face.right
                anchors.leftMargin: Theme.spaceS
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter

                GText {
                    width: parent.width
                    kind: GText.Small
                    font.weight: Font.DemiBold
                    text: root.account.displayName
                    elide: Text.ElideRight
                    wrapMode: Text.NoWrap
                }
                GText {
                    width: parent.width
                    kind: GText.Caption
                    muted: true
                    text: root.account.customStatus !== "" ? root.account.customStatus : root.account.username + "@" + root.account.nodeName
                    elide: Text.ElideRight
                    wrapMode: Text.NoWrap
                }
            }
        }
    }
    IconButton {
        id: gear
        visible: root.width > 12 * Theme.fontControl // else its entry in the menu has to do
        anchors.right: parent.right
        anchors.rightMargin: Theme.spaceXs
        anchors.verticalCenter: parent.verticalCenter
        iconName: "settings"
        text: qsTr("Settings")
        shortcutText: "Ctrl+,"
        onClicked: root.settingsRequested("")
    }
    Menu {
        id: menu
        heading: root.account.displayName

        MenuEntry {
            text: root.statusNames.online
            checkable: true
            checked: root.account.status === "online"
            onTriggered: root.account.status = "online"
        }
        MenuEntry {
            text: root.statusNames.idle
            checkable: true
            checked: root.account.status === "idle"
            onTriggered: root.account.status = "idle"
        }
        MenuEntry {
            text: root.statusNames.dnd
            checkable: true
            checked: root.account.status === "dnd"
            onTriggered: root.account.status = "dnd"
        }
        MenuEntry {
            text: root.statusNames.invisible
            checkable: true
            checked: root.account.status === "invisible"
            onTriggered: root.account.status = "invisible"
        }
        MenuEntry {
            text: qsTr("Set a status text")
            iconName: "smile"
            onTriggered: statusDialog.open()
        }
        MenuEntry {
            text: qsTr("Settings")
            iconName: "settings"
            shortcutText: "Ctrl+,"
            onTriggered: root.settingsRequested("")
        }
        MenuLine {
        }
        MenuEntry {
            text: qsTr("My node: %1").arg(root.account.nodeName)
            iconName: "server"
            onTriggered: root.nodeRequested()
        }
        MenuEntry {
            text: qsTr("Copy my name")
            iconName: "copy"
            onTriggered: clipboard.copy(root.account.username + "@" + root.account.nodeName)
        }
        MenuLine {
        }
        Repeater {
            model: Accounts

            MenuEntry {
                required property string key
                required property string name
                required property string node

                text: qsTr("%1 at %2").arg(name).arg(node)
                checkable: true
                checked: key === root.account.key
                onTriggered: Accounts.select(key)
            }
        }
        MenuEntry {
            text: qsTr("Add an account")
            iconName: "plus"
            onTriggered: root.addAccountRequested()
        }
    }
    ModalDialog {
        id: statusDialog
        title: qsTr("Status text")
        acceptText: qsTr("Save")
        onAboutToShow: statusText.text = root.account.customStatus
        onAccepted: root.account.customStatus = statusText.text

        TextInputField {
            id: statusText
            width: parent?.width ?? 0
            label: qsTr("What others see below your name")
            maximumLength: 128
        }
    }
    Clipboard {
        id: clipboard
    }
}
