import QtQuick
import Guildhall.Ui

// The title of a panel, and its way out.
Item {
    id: root

    property string text: ""

    signal closed

    implicitHeight: Theme.headerHeight

    GText {
        anchors.left: parent.left
        anchors.leftMargin: Theme.spaceL
        anchors.right: cross.left
        anchors.verticalCenter: parent.verticalCenter
        kind: GText.Title
        text: root.text
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    IconButton {
        id: cross
        anchors.right: parent.right
        anchors.rightMargin: Theme.spaceS
        anchors.verticalCenter: parent.verticalCenter
        iconName: "x"
        text: qsTr("Close")
        onClicked: root.closed()
    }
    Divider {
        anchors.bottom: parent.bottom
        width: parent.width
    }
}
