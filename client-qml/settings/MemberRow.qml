import QtQuick
import Guildhall.Ui

// One member in the list of who runs the guild.
ListRow {
    id: root

    required property string key
    required property string name
    required property string username
    required property string avatar
    required property string roles
    required property string joined
    required property string timeout
    required property bool isOwner
    required property bool isSelf
    required property bool below

    signal actionWanted(string action)

    title: isOwner ? qsTr("%1 (owner)").arg(name) : isSelf ? qsTr("%1 (you)").arg(name) : name
    subtitle: {
        const parts = [username, roles, qsTr("since %1").arg(joined)];
        if (timeout !== "")
            parts.push(qsTr("in timeout until %1").arg(timeout));
        return parts.filter(part => part !== "").join(" · ");
    }
    onClicked: actionWanted("roles")
    onMenuRequested: (x, y) => menu.openAt(root, x, y)
    leading: Avatar {
        name: root.name
        colorId: root.key
        source: root.avatar
        size: Theme.avatarSmall
    }
    trailing: IconButton {
        id: more
        iconName: "ellipsis-vertical"
        text: qsTr("More about %1").arg(root.name)
        onClicked: menu.openBelow(more)
    }

    Menu {
        id: menu
        heading: root.name

        MenuEntry {
            text: qsTr("Roles")
            iconName: "shield"
            onTriggered: root.actionWanted("roles")
        }
        MenuEntry {
            text: qsTr("Nickname")
            iconName: "pencil"
            onTriggered: root.actionWanted("nick")
        }
        MenuEntry {
            text: qsTr("Timeout")
            iconName: "timer"
            enabled: root.below
            onTriggered: root.actionWanted("timeout")
        }
        MenuEntry {
            text: qsTr("Kick")
            iconName: "user-minus"
            danger: true
            enabled: root.below
            onTriggered: root.actionWanted("kick")
        }
        MenuEntry {
            text: qsTr("Ban")
            iconName: "ban"
            danger: true
            enabled: root.below
            onTriggered: root.actionWanted("ban")
        }
        MenuEntry {
            text: qsTr("Make owner")
            iconName: "crown"
            enabled: !root.isSelf
            onTriggered: root.actionWanted("owner")
        }
    }
}
