pragma ComponentBehavior: Bound

import QtQuick

GalleryColumn {
    id: root

    Banner {
        width: parent.width
        text: "You are reading from the cache. It goes on as soon as your node answers."
    }
    Banner {
        width: parent.width
        tone: Banner.Warning
        text: "The host of this guild is away: you can read, and what you write waits."
        actionText: "Why?"
    }
    Banner {
        width: parent.width
        tone: Banner.Danger
        text: "Your session has ended."
        actionText: "Log in"
        closable: true
    }
    Banner {
        width: parent.width
        tone: Banner.Positive
        text: "Everything is saved."
        closable: true
    }
    Flow {
        width: parent.width
        spacing: Theme.spaceL

        Repeater {
            model: ["online", "idle", "dnd", "offline", ""]

            Avatar {
                required property string modelData
                required property int index

                name: ["Ada Lovelace", "Grace", "Émile", "李白 杜甫", "🦊 Fox"][index]
                colorId: String(1000 + index)
                status: modelData
            }
        }
        Avatar {
            name: "Readers of Books"
            colorId: "5"
            square: true
            size: 48
        }
        Avatar {
            name: "Tiny"
            colorId: "6"
            size: Theme.avatarTiny
        }
        Avatar {
            name: "Large One"
            colorId: "7"
            size: Theme.avatarLarge
            status: "online"
        }
    }
    Flow {
        width: parent.width
        spacing: Theme.spaceS

        Badge {
            count: 3
        }
        Badge {
            count: 1234
        }
        Badge {
            count: 12
            mention: false
        }
        Badge {
            dot: true
        }
        Pill {
            text: "BOT"
        }
        Pill {
            text: "Host"
            tone: Pill.Accent
            iconName: "crown"
        }
        Pill {
            text: "Verified"
            tone: Pill.Positive
            iconName: "badge-check"
        }
        Pill {
            text: "Away"
            tone: Pill.Warning
        }
        Pill {
            text: "Banned"
            tone: Pill.Danger
        }
        TagChip {
            objectName: "chip"
            text: "Moderator"
            color: "#e67e22"
            removable: true
        }
        TagChip {
            text: "from: Ada"
            iconName: "search"
            removable: true
        }
        TagChip {
            text: "Add role"
            iconName: "plus"
        }
        KeyCap {
            text: "Ctrl"
        }
        KeyCap {
            text: "K"
        }
        Spinner {
        }
    }
    Skeleton {
        width: Math.min(parent.width, 420)
        lines: 3
    }
    Column {
        width: parent.width
        spacing: Theme.spaceXs

        GText {
            text: "Display"
            kind: GText.Display
        }
        GText {
            text: "A heading"
            kind: GText.Heading
        }
        GText {
            text: "A title"
            kind: GText.Title
        }
        GText {
            width: parent.width
            wrapMode: Text.Wrap
            text: "Body text is what one reads most, so it is the size that all others are measured by. It wraps, and its lines are far enough apart."
        }
        GText {
            text: "Small and muted"
            kind: GText.Small
            muted: true
        }
        GText {
            text: "A caption, 14:02"
            kind: GText.Caption
            muted: true
        }
    }
    EmptyState {
        objectName: "empty"
        width: parent.width
        iconName: "messages-square"
        title: "No conversations yet"
        text: "Write to somebody from their profile, and you will find it here."
        actionText: "Find people"
    }
}
