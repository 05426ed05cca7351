import QtQuick

// The box of a field: its outline says whether it has the focus or an error.
Rectangle {
    id: root

    property bool focused: false
    property bool invalid: false

    radius: Theme.radiusM
    color: Theme.field
    border.width: focused ? Theme.focusWidth : Theme.borderWidth
    border.color: focused ? Theme.focus : invalid ? Theme.danger : Theme.outline
}
