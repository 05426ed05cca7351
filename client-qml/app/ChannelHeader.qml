pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.App
import Guildhall.Ui

// The open channel's name and topic, and what can be shown beside it.
Rectangle {
    id: root

    required property Place place
    property bool membersShown: true
    readonly property bool tight: width < 20 * Theme.fontBody

    signal membersToggled
    signal searchRequested
    signal pinsRequested
    signal dateRequested
    signal menuRequested

    implicitHeight: Theme.headerHeight
    color: Theme.surface

    IconButton {
        id: left
        visible: Theme.isPhone
        width: visible ? implicitWidth : 0
        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        iconName: "menu"
        text: qsTr("Guilds and channels")
        onClicked: root.menuRequested()
    }
    Icon {
        id: mark
        anchors.left: left.right
        anchors.leftMargin: Theme.isPhone ? 0 : Theme.spaceL
        anchors.verticalCenter: parent.verticalCenter
        visible: root.place.known && !root.tight
        width: visible ? size : 0
        name: root.place.kind === "direct" ? "user" : root.place.kind === "announcement" ? "megaphone" : "hash"
        color: Theme.muted
        size: Theme.iconMedium
    }
    Column {
        anchors.left: mark.right
        anchors.leftMargin: Theme.spaceS
        anchors.right: actions.left
        anchors.rightMargin: Theme.spaceS
        anchors.verticalCenter: parent.verticalCenter

        GText {
            width: parent.width
            kind: GText.Title
            text: root.place.channelName
            elide: Text.ElideRight
            wrapMode: Text.NoWrap
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        GText {
            width: parent.width
            visible: root.place.topic !== ""
            kind: GText.Caption
            muted: true
            text: root.place.topic
            elide: Text.ElideRight
            maximumLineCount: 1
            wrapMode: Text.NoWrap
        }
    }
    Row {
        id: actions
        visible: root.place.known
        anchors.right: parent.right
        anchors.rightMargin: Theme.spaceS
        anchors.verticalCenter: parent.verticalCenter

        IconButton {
            visible: !Theme.isPhone
            iconName: "calendar"
            text: qsTr("Go to a date")
            shortcutText: "Ctrl+G"
            onClicked: root.dateRequested()
        }
        IconButton {
            visible: !Theme.isPhone
            iconName: "pin"
            text: qsTr("Pinned messages")
            shortcutText: "Ctrl+P"
            onClicked: root.pinsRequested()
        }
        IconButton {
            visible: !root.tight
            iconName: "search"
            text: qsTr("Search")
            shortcutText: "Ctrl+F"
            onClicked: root.searchRequested()
        }
        IconButton {
            iconName: "users"
            text: qsTr("Members")
            shortcutText: "Ctrl+U"
            checkable: !Theme.isPhone
            checked: root.membersShown && !Theme.isPhone
            onClicked: root.membersToggled()
        }
        IconButton {
            id: more
            visible: Theme.isPhone
            iconName: "ellipsis-vertical"
            text: qsTr("More about this channel")
            onClicked: moreMenu.openBelow(more)
        }
    }
    // What has no room on a phone.
    Menu {
        id: moreMenu
        heading: root.place.channelName

        MenuEntry {
            visible: root.tight
            text: qsTr("Search")
            iconName: "search"
            onTriggered: root.searchRequested()
        }
        MenuEntry {
            text: qsTr("Go to a date")
            iconName: "calendar"
            onTriggered: root.dateRequested()
        }
        MenuEntry {
            text: qsTr("Pinned messages")
            iconName: "pin"
            onTriggered: root.pinsRequested()
        }
    }
    Divider {
        anchors.bottom: parent.bottom
        width: parent.width
    }
}
