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

    // See link_list in row_text.h.
    function open(message: string, link: var, near: Item) {
        const acts = {
            "follow": () => model.follow(-1, link.value, near),
            "picture": () => pictureOpened(message, link.value),
            "web": () => model.openWeb(link.value)
        };
        acts[link.act]();
    }
    function hover(item: Item, inside: bool) {
        if (inside)
            hovered = item;
        else if (hovered === item)
            hovered = null;
    }
}
