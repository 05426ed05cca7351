import QtQuick
import Guildhall.Timeline
import Guildhall.Ui

// All that one can do with a message: at the pointer, or a sheet on a phone.
Menu {
    id: root

    required property MessageActions actions
    property int row: -1
    property string messageId: ""
    property var rights: ({})

    readonly property TimelineModel model: actions.model

    function openFor(row: int, item: Item, px: real, py: real) {
        root.row = row;
        messageId = model.idOf(row);
        rights = model.rights(row);
        openAt(item, px, py);
    }

    heading: qsTr("Message")

    MenuEntry {
        visible: root.rights.react ?? false
        text: qsTr("Add a reaction")
        iconName: "smile-plus"
        shortcutText: "+"
        onTriggered: root.actions.reactionRequested(root.row, null)
    }
    MenuEntry {
        visible: root.rights.reply ?? false
        text: qsTr("Reply")
        iconName: "reply"
        shortcutText: "R"
        onTriggered: root.actions.replyRequested(root.row)
    }
    MenuEntry {
        visible: root.rights.edit ?? false
        text: qsTr("Edit")
        iconName: "pencil"
        shortcutText: "E"
        onTriggered: root.actions.editRequested(root.messageId)
    }
    MenuEntry {
        visible: root.rights.failed ?? false
        text: qsTr("Try again")
        iconName: "refresh-cw"
        onTriggered: root.model.retry(root.row)
    }
    MenuEntry {
        visible: root.rights.pin ?? false
        text: root.rights.pinned ? qsTr("Unpin") : qsTr("Pin")
        iconName: root.rights.pinned ? "pin-off" : "pin"
        shortcutText: "P"
        onTriggered: root.model.togglePin(root.messageId)
    }
    MenuEntry {
        text: qsTr("Copy text")
        iconName: "copy"
        shortcutText: qsTr("Ctrl+C")
        onTriggered: root.model.copy(root.model.plainText(root.row))
    }
    MenuEntry {
        visible: root.messageId !== ""
        text: qsTr("Copy link")
        iconName: "link"
        onTriggered: root.model.copy(root.model.link(root.messageId))
    }
    MenuEntry {
        visible: root.messageId !== ""
        text: qsTr("Copy ID")
        iconName: "hash"
        onTriggered: root.model.copy(root.messageId)
    }
    MenuEntry {
        visible: root.rights.markUnread ?? false
        text: qsTr("Mark unread from here")
        iconName: "bell-ring"
        onTriggered: root.model.markUnread(root.messageId)
    }
    MenuEntry {
        visible: (root.rights.remove ?? false) || (root.rights.pending ?? false)
        danger: true
        text: root.rights.pending ? qsTr("Do not send") : qsTr("Delete")
        iconName: "trash-2"
        shortcutText: qsTr("Del")
        onTriggered: root.rights.pending ? root.model.discard(root.row) : root.actions.removeRequested(root.row, true)
    }
}
