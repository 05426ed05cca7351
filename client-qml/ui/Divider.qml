import QtQuick

// A hair line; across unless vertical.
Rectangle {
    id: root

    property bool vertical: false

    implicitWidth: vertical ? Theme.borderWidth : 100
    implicitHeight: vertical ? 100 : Theme.borderWidth
    color: Theme.divider
    Accessible.ignored: true
}
