import QtQuick

// Opens an EditMenu over a field on a right click, the menu key or a long press; makes it only then.
Loader {
    id: root

    required property var field
    property bool secret: false

    function openAt(x: real, y: real) {
        active = true;
        (item as Menu).openAt(field, x, y);
    }

    anchors.fill: parent
    active: false
    sourceComponent: EditMenu {
        field: root.field // qmllint disable unqualified
        secret: root.secret // qmllint disable unqualified
    }

    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: point => root.openAt(point.position.x, point.position.y)
    }
    Connections {
        target: root.field

        function onPressAndHold(event: var) {
            root.openAt(event.x, event.y);
        }
    }
}
