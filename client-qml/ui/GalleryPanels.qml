import QtQuick

SplitPanels {
    id: root
    objectName: "panels"

    leftPanel: Rectangle {
        anchors.fill: parent
        color: Theme.sidebar

        Column {
            anchors.fill: parent
            anchors.margins: Theme.spaceS

            ListRow {
                objectName: "leftRow"
                width: parent.width
                title: "general"
                iconName: "hash"
                selected: true
                onClicked: root.showMain()
            }
            ListRow {
                width: parent.width
                title: "off-topic"
                iconName: "hash"
            }
        }
    }
    rightPanel: Rectangle {
        anchors.fill: parent
        color: Theme.sidebar

        ListRow {
            width: parent.width
            title: "Ada Lovelace"

            leading: Avatar {
                name: "Ada Lovelace"
                size: Theme.avatarSmall
                status: "online"
                ground: Theme.sidebar
            }
        }
    }

    PhonePage {
        anchors.fill: parent
        title: "general"
        subtitle: "Talk about what you read"
        backVisible: Theme.isPhone
        onBack: root.showLeft()

        actions: [
            IconButton {
                iconName: "search"
                text: "Search"
            },
            IconButton {
                iconName: "users"
                text: "Members"
                onClicked: Theme.isPhone ? root.showRight() : root.rightVisible = !root.rightVisible
            }
        ]

        EmptyState {
            anchors.centerIn: parent
            width: parent.width
            iconName: "hash"
            title: "This is the beginning of #general"
        }
    }
}
