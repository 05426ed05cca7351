import QtQuick

GalleryColumn {
    id: root

    SectionHeader {
        objectName: "section"
        width: Math.min(parent.width, 420)
        text: "Text channels"
        collapsible: true
        onFolded: collapsed = !collapsed

        actions: IconButton {
            iconName: "plus"
            iconSize: Theme.iconSmall
            text: "Create channel"
        }
    }
    Column {
        width: Math.min(parent.width, 420)

        ListRow {
            objectName: "row"
            width: parent.width
            title: "general"
            iconName: "hash"
            selected: true
        }
        ListRow {
            width: parent.width
            title: "announcements"
            iconName: "megaphone"

            trailing: Badge {
                count: 2
                anchors.verticalCenter: parent.verticalCenter
            }
        }
        ListRow {
            width: parent.width
            title: "A channel whose name is too long to be shown in the place that it has"
            iconName: "lock"
        }
    }
    Divider {
        width: parent.width
    }
    SectionHeader {
        width: parent.width
        text: "Your account"
    }
    Column {
        width: Math.min(parent.width, 560)

        ListRow {
            width: parent.width
            title: "Profile"
            subtitle: "Name, picture, about you"
            iconName: "circle-user"
            chevron: true
        }
        ListRow {
            width: parent.width
            title: "Devices"
            subtitle: "3 logged in"
            iconName: "monitor"
            chevron: true
        }
        ListRow {
            width: parent.width
            title: "Ada Lovelace"
            subtitle: "ada · node.example.org"

            leading: Avatar {
                name: "Ada Lovelace"
                colorId: "1"
                size: Theme.avatarSmall
                status: "online"
            }
            trailing: GButton {
                text: "Message"
                small: true
            }
        }
        ListRow {
            width: parent.width
            title: "Disabled"
            iconName: "ban"
            enabled: false
        }
        ListRow {
            width: parent.width
            title: "Log out"
            iconName: "log-out"
            danger: true
        }
    }
}
