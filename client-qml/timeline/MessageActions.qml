import QtQuick
import Guildhall.Timeline

// What rows ask of the timeline that they are in: one object, handed to each of them.
QtObject {
    id: root

    required property TimelineModel model
    readonly property MessageCommands commands: model.commands
    property Item hovered: null // the row under the pointer

    signal menuRequested(int row, Item item, real px, real py)
    signal reactionRequested(string messageId, Item near)
    signal removeRequested(string messageId, bool ask)
    signal pictureOpened(string messageId, string url)
    signal saveRequested(var file)
    signal filesRequested(int row)
    signal fileMenuRequested(var file, Item item, real px, real py)

    function hover(item: Item, inside: bool) {
        if (inside)
            hovered = item;
        else if (hovered === item)
            hovered = null;
    }
}
