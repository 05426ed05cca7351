import QtQuick
import QtQuick.Templates as T

// A thin scroll bar, which widens under the pointer.
T.ScrollBar {
    id: root

    implicitWidth: Theme.isPhone ? 4 : 10
    implicitHeight: implicitWidth
    padding: 2
    minimumSize: orientation === Qt.Vertical ? Math.min(1, 28 / Math.max(1, height)) : 0.1
    visible: policy === T.ScrollBar.AlwaysOn || (policy === T.ScrollBar.AsNeeded && size < 1)
    hoverEnabled: !Theme.isPhone
    Accessible.ignored: true

    contentItem: Rectangle {
        implicitWidth: root.interactive ? 6 : 2
        implicitHeight: root.interactive ? 6 : 2
        radius: width / 2
        color: root.pressed || root.hovered ? Theme.muted : Theme.outline
        opacity: root.pressed || root.hovered ? 1 : root.active ? 0.8 : 0.4
    }
}
