import QtQuick
import QtQuick.Templates as T

// A line between groups of entries in a Menu.
T.MenuSeparator {
    id: root

    implicitWidth: 100
    implicitHeight: visible ? 9 : 0
    Accessible.ignored: true

    contentItem: Item {
        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            height: Theme.borderWidth
            color: Theme.divider
        }
    }
}
