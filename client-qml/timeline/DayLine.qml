import QtQuick
import Guildhall.Ui

// Between two days, or above the first message that one has not seen.
Item {
    id: root

    required property string text
    property bool isNew: false

    implicitHeight: label.implicitHeight + 2 * Theme.spaceS
    Accessible.role: Accessible.Separator
    Accessible.name: text

    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.spaceL
        anchors.rightMargin: Theme.spaceL
        anchors.verticalCenter: parent.verticalCenter
        height: Theme.borderWidth
        color: root.isNew ? Theme.danger : Theme.divider
    }
    Rectangle {
        anchors.centerIn: parent
        width: label.implicitWidth + 2 * Theme.spaceS
        height: label.implicitHeight
        color: Theme.surface

        GText {
            id: label
            anchors.centerIn: parent
            text: root.text
            kind: GText.Caption
            font.weight: Font.DemiBold
            color: root.isNew ? Theme.danger : Theme.muted
            Accessible.ignored: true
        }
    }
}
