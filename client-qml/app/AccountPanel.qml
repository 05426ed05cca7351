pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Guildhall.App
import Guildhall.Core
import Guildhall.Ui

// Who one is, below the channels: status, other accounts, settings.
Rectangle {
    id: root

    required property Account account

    signal settingsRequested(string section)
    signal addAccountRequested
    signal nodeRequested
    signal loginRequested

    readonly property bool ended: account.line === Account.LoggedOut

    readonly property var statusNames: ({
            "online": qsTr("Online"),
            "idle": qsTr("Away"),
            "dnd": qsTr("Do not disturb"),
            "invisible": qsTr("Invisible")
        })

    function showMenu(): void {
        const made = menu.createObject(root) as AccountMenu;
        made.openAt(who, Theme.spaceS, -made.implicitHeight);
    }

    implicitHeight: Theme.headerHeight + Theme.spaceXs
    color: Theme.rail

    T.AbstractButton {
        id: who
        anchors.left: parent.left
        anchors.right: gear.visible ? gear.left : parent.right
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        activeFocusOnTab: true
        text: qsTr("%1, %2").arg(root.account.displayName).arg(root.ended ? qsTr("session ended") : root.statusNames[root.account.status] ?? "") + (others.visible ? ", " + qsTr("%n mention(s) in other accounts", "", others.count) : "")
        Accessible.role: Accessible.ButtonMenu
        Accessible.onPressAction: who.clicked()
        Accessible.name: text
        onClicked: root.showMenu()
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
            Badge {
                id: others
                anchors.right: face.right
                anchors.top: face.top
                anchors.margins: -Theme.spaceXs
                count: Accounts.otherMentions
                mention: true
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
                    muted: !root.ended
                    color: root.ended ? Theme.warning : Theme.muted
                    text: root.ended ? qsTr("Session ended") : root.account.customStatus !== "" ? root.account.customStatus : root.account.username + "@" + root.account.nodeName
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
    // Made anew each time: a menu that exists does not like new entries in its middle.
    Component {
        id: menu
        AccountMenu {
            account: root.account
            statusNames: root.statusNames
            onStatusTextRequested: statusDialog.open()
            onSettingsRequested: root.settingsRequested("")
            onNodeRequested: root.nodeRequested()
            onLoginRequested: root.loginRequested()
            onAddAccountRequested: root.addAccountRequested()
            onNameCopied: clipboard.copy(root.account.username + "@" + root.account.nodeName)
            onClosed: destroy()
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
