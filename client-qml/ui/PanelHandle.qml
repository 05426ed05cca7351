import QtQuick

// The line between two columns of SplitPanels, which the pointer or the arrow keys move.
Item {
    id: root

    required property string text
    required property real value
    required property real minimum
    required property real maximum
    property bool inverted: false // dragging to the right makes it smaller

    signal moved(real value)

    property real start: 0

    function move(distance: real) {
        moved(Math.round(Math.max(minimum, Math.min(maximum, start + (inverted ? -distance : distance)))));
    }
    function step(distance: real) {
        start = value;
        move(distance);
    }

    width: 9
    activeFocusOnTab: true
    Accessible.role: Accessible.Slider
    Accessible.name: text
    Accessible.focusable: true
    Keys.onLeftPressed: step(-16)
    Keys.onRightPressed: step(16)

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        width: root.activeFocus ? Theme.focusWidth + 1 : grip.active || over.hovered ? 2 : Theme.scheme === "contrast" ? Theme.borderWidth : 0
        height: parent.height
        color: root.activeFocus ? Theme.focus : grip.active || over.hovered ? Theme.accentText : Theme.divider
    }
    HoverHandler {
        id: over
        cursorShape: Qt.SplitHCursor
    }
    DragHandler {
        id: grip
        target: null
        yAxis.enabled: false
        cursorShape: Qt.SplitHCursor
        onActiveChanged: root.start = root.value
        // By the scene's coordinates: the handle itself moves along.
        onCentroidChanged: if (active)
            root.move(centroid.scenePosition.x - centroid.scenePressPosition.x)
    }
}
