import QtQuick

// What lies between a modal popup and all that is below it. HidingScope looks for it.
Rectangle {
    readonly property bool coversAll: true

    color: Theme.scrim
}
