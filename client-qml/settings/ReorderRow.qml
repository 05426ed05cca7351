import QtQuick
import Guildhall.Ui

// A row of a list that people put in order: by its grip, with Alt and the arrow keys, or from its
// menu.
ListRow {
    id: root

    property bool movable: true
    property real indent: 0

    signal stepped(int step)
    signal dropped(int rows)

    x: LayoutMirroring.enabled ? 0 : indent
    width: (parent?.width ?? 0) - indent
    z: drag.active ? 1 : 0
    Accessible.description: movable ? qsTr("Alt and up or down moves it. %1").arg(subtitle) : subtitle
    onMenuRequested: (x, y) => menu.openAt(root, x, y)
    Keys.onPressed: event => {
        const step = event.key === Qt.Key_Up ? -1 : event.key === Qt.Key_Down ? 1 : 0;
        event.accepted = step !== 0 && movable && (event.modifiers & Qt.AltModifier) !== 0;
        if (event.accepted)
            stepped(step);
    }

    transform: Translate {
        y: drag.active ? drag.activeTranslation.y : 0
    }
    trailing: [
        Icon {
            anchors.verticalCenter: parent?.verticalCenter
            visible: root.movable
            name: "grip-vertical"
            color: Theme.muted

            DragHandler {
                id: drag
                target: null
                xAxis.enabled: false
                cursorShape: Qt.SizeVerCursor
                onActiveChanged: active ? root.forceActiveFocus(Qt.MouseFocusReason) : root.dropped(Math.round(activeTranslation.y / root.height))
            }
        }
    ]

    Menu {
        id: menu
        heading: root.title

        MenuEntry {
            text: qsTr("Move up")
            iconName: "arrow-up"
            shortcutText: qsTr("Alt+Up")
            enabled: root.movable
            onTriggered: root.stepped(-1)
        }
        MenuEntry {
            text: qsTr("Move down")
            iconName: "arrow-down"
            shortcutText: qsTr("Alt+Down")
            enabled: root.movable
            onTriggered: root.stepped(1)
        }
    }
}
