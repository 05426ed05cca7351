import QtQuick
import Guildhall.Core
import Guildhall.Members
import Guildhall.Ui

// The right side: members, or the search or the pins that were asked for.
FocusScope {
    id: root

    required property Account account
    property string guildId: ""
    property string channelId: ""

    signal profileRequested(string userId, Item near)
    signal jumpRequested(string channel, string message)

    Rectangle {
        anchors.fill: parent
        color: Theme.sidebar
    }
    Loader {
        anchors.fill: parent
        focus: true
        sourceComponent: root.state === "search" ? search : root.state === "pins" ? pins : members
    }
    Component {
        id: members
        MembersPanel {
            focus: true
            account: root.account
            guildId: root.guildId
            channelId: root.channelId
            onProfileRequested: (userId, near) => root.profileRequested(userId, near)
        }
    }
    Component {
        id: search
        SearchPanel {
            focus: true
            account: root.account
            guildId: root.guildId
            channelId: root.channelId
            onJumpRequested: (channel, message) => root.jumpRequested(channel, message)
            onClosed: root.state = ""
        }
    }
    Component {
        id: pins
        PinsPanel {
            focus: true
            account: root.account
            channelId: root.channelId
            onJumpRequested: (channel, message) => root.jumpRequested(channel, message)
            onClosed: root.state = ""
        }
    }
}
