import QtQuick
import Guildhall.Timeline

// What rows ask of the timeline that they are in: one object, handed to each of them.
QtObject {
    id: root

    required property TimelineModel model
    property Item hovered: null // the row under the pointer

    signal menuRequested(int row, Item item, real px, real py)
    signal replyRequested(int row)
    signal editRequested(string messageId)
    signal reactionRequested(int row, Item near)
    signal removeRequested(int row, bool ask)
    signal pictureOpened(string url)
    signal saveRequested(string url, string name)

    function hover(item: Item, inside: bool) {
        if (inside)
            hovered = item;
        else if (hovered === item)
            hovered = null;
    }
}
