import QtQuick

GalleryColumn {
    id: root

    SectionHeader {
        text: "Buttons"
        width: parent.width
    }
    Flow {
        width: parent.width
        spacing: Theme.spaceS

        GButton {
            objectName: "plain"
            text: "Plain"
        }
        GButton {
            objectName: "primary"
            text: "Create guild"
            iconName: "plus"
            kind: GButton.Primary
        }
        GButton {
            text: "Delete"
            kind: GButton.Danger
            iconName: "trash-2"
        }
        GButton {
            text: "Learn more"
            kind: GButton.Ghost
        }
        GButton {
            text: "Disabled"
            kind: GButton.Primary
            enabled: false
        }
        GButton {
            text: "Saving"
            kind: GButton.Primary
            busy: true
        }
        GButton {
            text: "Small"
            small: true
        }
        GButton {
            text: "Small"
            kind: GButton.Ghost
            small: true
        }
    }
    GButton {
        width: 140
        text: "A label that is longer than its button"
    }
    SectionHeader {
        text: "Icon buttons"
        width: parent.width
    }
    Flow {
        width: parent.width
        spacing: Theme.spaceXs

        IconButton {
            objectName: "iconButton"
            iconName: "smile-plus"
            text: "Add reaction"
        }
        IconButton {
            iconName: "reply"
            text: "Reply"
            shortcutText: "R"
        }
        IconButton {
            iconName: "pin"
            text: "Pin"
            checkable: true
            checked: true
        }
        IconButton {
            iconName: "trash-2"
            text: "Delete message"
            danger: true
        }
        IconButton {
            iconName: "bell"
            text: "Notifications"
            enabled: false
        }
        IconButton {
            iconName: "plus"
            text: "Attach"
            round: true
        }
    }
    GalleryPopups {
        width: parent.width
        stage: root
    }
}
