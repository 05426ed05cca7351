import QtQuick

// What opens over a page, each from its button.
Column {
    id: root

    required property Item stage

    spacing: Theme.spaceM

    SectionHeader {
        text: "Over the page"
        width: parent.width
    }
    Flow {
        width: parent.width
        spacing: Theme.spaceS

        GButton {
            id: menuButton
            objectName: "menuButton"
            text: "Menu"
            iconName: "ellipsis"
            onClicked: menu.openBelow(menuButton)
        }
        GButton {
            objectName: "dialogButton"
            text: "Dialog"
            onClicked: dialog.open()
        }
        GButton {
            objectName: "sheetButton"
            text: "Sheet"
            onClicked: sheet.open()
        }
        GButton {
            objectName: "toastButton"
            text: "Toasts"
            onClicked: {
                toasts.show("Link copied", Banner.Positive, "", undefined);
                toasts.show("The message could not be sent: the guild's host is away", Banner.Danger, "Try again", () => {});
            }
        }
    }
    Menu {
        id: menu
        objectName: "menu"
        heading: "Message from Ada"

        MenuEntry {
            text: "Reply"
            iconName: "reply"
            shortcutText: "R"
            onTriggered: sheet.open()
        }
        MenuEntry {
            text: "Edit"
            iconName: "pencil"
            shortcutText: "E"
        }
        MenuEntry {
            text: "Show embeds"
            checkable: true
            checked: true
        }
        MenuEntry {
            text: "Pin"
            iconName: "pin"
            enabled: false
        }
        MenuLine {
        }
        MenuEntry {
            text: "Delete message"
            iconName: "trash-2"
            shortcutText: "Del"
            danger: true
            onTriggered: dialog.open()
        }
    }
    ModalDialog {
        id: dialog
        objectName: "dialog"
        title: "Delete #general?"
        text: "All of its messages go with it. This cannot be undone."
        acceptText: "Delete channel"
        danger: true

        TextInputField {
            objectName: "dialogField"
            width: parent.width
            label: "Type its name to confirm"
            placeholderText: "general"
        }
    }
    Sheet {
        id: sheet
        objectName: "sheet"
        title: "Invite people"

        Column {
            width: parent.width
            spacing: Theme.spaceM

            TextInputField {
                width: parent.width
                label: "Link"
                text: "https://guild.example/invite/Hx7Qa2"
                readOnly: true
            }
            GButton {
                text: "Copy"
                kind: GButton.Primary
                iconName: "copy"
            }
        }
    }
    ToastStack {
        id: toasts
        objectName: "toasts"
        parent: root.stage
    }
}
