import QtQuick
import QtQuick.Templates as T

// A page that may be longer than its place. The keyboard's focus is always scrolled into view.
Flickable {
    id: root

    function reveal(item: Item) {
        const top = item.mapToItem(contentItem, 0, 0).y;
        const lowest = Math.max(0, contentHeight - height);
        if (top < contentY)
            contentY = Math.max(0, top - Theme.spaceL);
        else if (top + item.height > contentY + height)
            contentY = Math.min(lowest, top + item.height - height + Theme.spaceL);
    }

    readonly property Item focused: Window.activeFocusItem

    contentWidth: width
    boundsBehavior: Flickable.StopAtBounds
    flickableDirection: Flickable.VerticalFlick
    interactive: contentHeight > height
    onFocusedChanged: {
        for (let item = focused; item; item = item.parent)
            if (item === contentItem)
                return reveal(focused);
    }

    T.ScrollBar.vertical: ScrollBar {
    }
}
