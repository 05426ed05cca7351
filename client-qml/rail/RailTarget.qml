pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Ui

// Where a dragged tile would go: between two others, or onto one, which makes a folder of both.
Item {
    id: root

    required property ListView list
    property int row: -1
    property bool onto: false
    readonly property bool active: row >= 0

    signal moved(int from, int to)
    signal joined(int from, int onto)

    function aim(tile: GuildTile, sceneY: real): void {
        const y = list.contentItem.mapFromItem(null, 0, sceneY).y;
        const at = list.indexAt(root.width / 2, y);
        const part = at < 0 ? 0 : (y - list.itemAtIndex(at).y) / tile.height;
        onto = at >= 0 && at !== tile.index && !tile.isFolder && part > 0.25 && part < 0.75;
        row = at < 0 ? (y < 0 ? 0 : list.count) : onto || part <= 0.5 ? at : at + 1;
    }
    function drop(from: int): void {
        const to = row;
        row = -1;
        list.held = false;
        if (to >= 0)
            onto ? root.joined(from, to) : root.moved(from, to);
    }
    // Above the row, or below the last one.
    function lineAt(row: int): real {
        const tile = list.itemAtIndex(Math.min(row, list.count - 1));
        return tile ? tile.y + (row < list.count ? 0 : tile.height) - list.contentY : 0;
    }

    anchors.fill: list

    Rectangle {
        visible: root.active
        x: Theme.spaceS
        y: root.active ? root.lineAt(root.row) - (root.onto ? 0 : height / 2) : 0
        width: parent.width - 2 * Theme.spaceS
        height: root.onto ? Theme.tileSize + Theme.spaceXs : 4
        radius: root.onto ? Theme.radiusL : 2
        color: Theme.accent
        opacity: root.onto ? 0.4 : 1
    }
}
