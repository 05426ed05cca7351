import QtQuick

// A page of the gallery.
ScrollArea {
    id: root

    default property alias content: column.data

    contentHeight: column.height + 2 * Theme.spaceXl

    Column {
        id: column
        x: Theme.spaceL
        y: Theme.spaceL
        width: Math.min(parent.width - 2 * Theme.spaceL, 960)
        spacing: Theme.spaceM
    }
}
