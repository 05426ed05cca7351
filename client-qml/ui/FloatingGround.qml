pragma ComponentBehavior: Bound

import QtQuick

// The ground of what floats over a page: a border, and a soft shadow made of plain rectangles, as
// the software renderer draws no effects.
Rectangle {
    id: root

    radius: Theme.radiusL
    color: Theme.elevated
    border.width: Theme.borderWidth
    border.color: Theme.divider

    Repeater {
        model: Theme.scheme === "contrast" ? 0 : 4

        Rectangle {
            required property int index

            z: -1
            x: -2 * index - 1
            y: -index
            width: root.width - 2 * x
            height: root.height + 3 * index + 3
            radius: root.radius + 2 * index
            color: Theme.shade
        }
    }
}
