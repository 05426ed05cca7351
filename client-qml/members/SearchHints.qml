pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Ui

// How a search could go on: filters, and what a filter takes, to press instead of to type.
Flow {
    id: root

    required property var hints // rows {label, query}

    signal chosen(string query)

    spacing: Theme.spaceXs
    visible: hints.length > 0
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Suggestions")

    Repeater {
        model: root.hints

        TagChip {
            required property var modelData
            text: modelData.label
            iconName: "plus"
            onClicked: root.chosen(modelData.query)
        }
    }
}
