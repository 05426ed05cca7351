import QtQuick

// What lies above a row: a day's name, and where the new messages begin.
Item {
    id: root

    required property string day
    required property bool unreadLine

    height: dayPart.height + newPart.height

    Loader {
        id: dayPart
        width: parent.width
        active: root.day !== ""
        height: active ? implicitHeight : 0
        sourceComponent: DayLine {
            text: root.day
        }
    }
    Loader {
        id: newPart
        y: dayPart.height
        width: parent.width
        active: root.unreadLine
        height: active ? implicitHeight : 0
        sourceComponent: DayLine {
            text: qsTr("New")
            isNew: true
        }
    }
}
