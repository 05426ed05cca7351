import QtQuick
import Guildhall.Ui

// The colour of a role; muted where it has none.
Rectangle {
    id: root

    required property int value // 0xRRGGBB

    implicitWidth: Theme.iconSmall
    implicitHeight: implicitWidth
    radius: width / 2
    color: value === 0 ? Theme.muted : Qt.rgba((value >> 16 & 255) / 255, (value >> 8 & 255) / 255, (value & 255) / 255, 1)
    border.width: 1
    border.color: Theme.outline
    Accessible.ignored: true
}
