pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.App
import Guildhall.Ui

// Asks for a day to go to; empty each time it opens.
ModalDialog {
    id: root

    signal chosen(date day)

    title: qsTr("Go to a date")
    acceptText: qsTr("Go")
    acceptEnabled: day.valid
    initialFocus: field
    onAboutToShow: field.text = ""
    onAccepted: root.chosen(day.noon)

    DateText {
        id: day
        text: field.text
    }
    TextInputField {
        id: field
        width: parent?.width ?? 0
        label: qsTr("Date")
        placeholderText: day.example
        hint: qsTr("Such as %1, or year, month, day: 2026-01-31").arg(day.example)
        error: text !== "" && !day.valid ? qsTr("That is no date.") : ""
    }
}
