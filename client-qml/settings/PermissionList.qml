pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Settings
import Guildhall.Ui

// Permissions by group, each with its words and a switch: two states for a role, three for a
// channel.
Column {
    id: root

    required property RowList rows
    property bool threeStates: false
    property string search: ""

    signal chosen(string bit, int state)

    spacing: Theme.spaceXs

    Repeater {
        model: root.rows

        PermissionRow {
            required property int index

            width: root.width
            showsGroup: index === 0 || root.rows.at(index - 1).group !== group
            threeStates: root.threeStates
            hidden: root.search !== "" && !name.toLowerCase().includes(root.search.toLowerCase())
            onChosen: value => root.chosen(key, value)
        }
    }
}
