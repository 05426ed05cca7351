pragma ComponentBehavior: Bound

import QtQml
import QtQuick
import Guildhall.Timeline
import Guildhall.Ui

// All that one can do with a message: at the pointer, or a sheet on a phone.
Menu {
    id: root

    required property MessageActions actions
    readonly property string key: target.key // of the message: rows move while the menu is open
    readonly property var rights: target.rights
    readonly property MessageCommands commands: actions.commands
    property var files: []
    readonly property bool there: key !== "" && !(rights.pending ?? false)

    function openFor(key: string, item: Item, px: real, py: real) {
        target.key = key;
        files = actions.model.files(key);
        openAt(item, px, py);
    }

    readonly property MessageTarget target: MessageTarget {
        timeline: root.actions.model
        onGone: root.close()
    }

    heading: qsTr("Message")

    // Before the last entry: links, files, people.
    Instantiator {
        model: root.target.links

        delegate: MenuEntry {
            required property var modelData

            text: modelData.text
            iconName: modelData.sign
            onTriggered: root.actions.open(root.key, modelData, root.opener)
        }
        onObjectAdded: (index, object) => root.insertItem(root.count - 1, object as MenuEntry)
        onObjectRemoved: (index, object) => root.removeItem(object as MenuEntry)
    }

    MenuEntry {
        visible: root.rights.react ?? false
        text: qsTr("Add a reaction")
        iconName: "smile-plus"
        shortcutText: "+"
        onTriggered: root.actions.reactionRequested(root.key, null)
    }
    MenuEntry {
        visible: root.rights.reply ?? false
        text: qsTr("Reply")
        iconName: "reply"
        shortcutText: "R"
        onTriggered: root.commands.reply(root.key)
    }
    MenuEntry {
        visible: root.rights.edit ?? false
        text: qsTr("Edit")
        iconName: "pencil"
        shortcutText: "E"
        onTriggered: root.commands.edit(root.key)
    }
    MenuEntry {
        visible: root.rights.failed ?? false
        text: qsTr("Try again")
        iconName: "refresh-cw"
        onTriggered: root.commands.retry(root.key)
    }
    MenuEntry {
        visible: root.rights.pin ?? false
        text: root.rights.pinned ? qsTr("Unpin") : qsTr("Pin")
        iconName: root.rights.pinned ? "pin-off" : "pin"
        shortcutText: qsTr("Ctrl+Shift+P")
        onTriggered: root.commands.togglePin(root.key)
    }
    MenuEntry {
        text: qsTr("Copy text")
        iconName: "copy"
        shortcutText: qsTr("Ctrl+C")
        onTriggered: root.commands.copyText(root.key)
    }
    MenuEntry {
        visible: root.there
        text: qsTr("Copy link")
        iconName: "link"
        onTriggered: root.commands.copy(root.commands.link(root.key))
    }
    Instantiator {
        model: root.files
        delegate: MenuEntry {
            required property var modelData
            text: qsTr("Save %1…").arg(modelData.name)
            iconName: "download"
            shortcutText: root.files.length === 1 ? "S" : ""
            onTriggered: root.actions.saveRequested(modelData)
        }
        onObjectAdded: (at, entry) => root.insertItem(7 + at, entry as MenuEntry)
        onObjectRemoved: (at, entry) => root.removeItem(entry as MenuEntry)
    }
    MenuEntry {
        visible: root.there
        text: qsTr("Copy ID")
        iconName: "hash"
        onTriggered: root.commands.copy(root.key)
    }
    MenuEntry {
        visible: root.rights.markUnread ?? false
        text: qsTr("Mark unread from here")
        iconName: "bell-ring"
        onTriggered: root.actions.model.markUnread(root.key)
    }
    MenuEntry {
        visible: (root.rights.remove ?? false) || (root.rights.pending ?? false)
        danger: true
        text: root.rights.pending ? qsTr("Do not send") : qsTr("Delete")
        iconName: "trash-2"
        shortcutText: qsTr("Del")
        onTriggered: root.rights.pending ? root.commands.discard(root.key) : root.actions.removeRequested(root.key, true)
    }
}
