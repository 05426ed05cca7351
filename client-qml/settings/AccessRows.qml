pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Settings
import Guildhall.Ui

// Permissions with whether somebody has them, and why.
Column {
    id: root

    required property AccessView view
    property string search: ""

    spacing: Theme.spaceXs

    Repeater {
        model: root.view.permissions

        AccessRow {
            required property string key

            width: root.width
            visible: root.search === "" || name.toLowerCase().includes(root.search.toLowerCase())
            stressed: Number(key) === root.view.bit
        }
    }
}
