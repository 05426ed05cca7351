import QtQuick

// Below a message's text: what hangs on it, and how its sending stands.
Item {
    id: root

    required property int row
    required property string messageId
    required property bool shown
    required property var files
    required property var embeds
    required property var reactions
    required property int stage
    required property real progress
    required property string error
    required property MessageActions actions

    function hasFileAt(at: point): bool {
        const loaded = parts.item as MessageParts;
        return loaded !== null && loaded.hasFileAt(mapToItem(loaded, at));
    }

    height: parts.height + pending.height

    Loader {
        id: parts
        width: parent.width
        active: root.shown && (root.files.length > 0 || root.embeds.length > 0 || root.reactions.length > 0)
        height: active ? implicitHeight : 0
        sourceComponent: MessageParts {
            row: root.row
            messageId: root.messageId
            files: root.files
            embeds: root.embeds
            reactions: root.reactions
            actions: root.actions
        }
    }
    Loader {
        id: pending
        y: parts.height
        width: parent.width
        active: root.stage > 0
        height: active ? implicitHeight : 0
        sourceComponent: PendingLine {
            stage: root.stage
            progress: root.progress
            error: root.error
            onRetried: root.actions.commands.retry(root.actions.model.keyOf(root.row))
            onDiscarded: root.actions.commands.discard(root.actions.model.keyOf(root.row))
        }
    }
}
