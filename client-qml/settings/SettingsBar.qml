import QtQuick
import Guildhall.Ui

// What stands above settings: a title, and the way out.
Item {
    id: root

    property string title: ""

    signal back

    implicitHeight: Theme.headerHeight

    IconButton {
        id: arrow
        anchors.left: parent.left
        anchors.leftMargin: Theme.spaceXs
        anchors.verticalCenter: parent.verticalCenter
        visible: Theme.isPhone
        iconName: LayoutMirroring.enabled ? "arrow-right" : "arrow-left"
        text: qsTr("Back")
        onClicked: root.back()
    }
    GText {
        anchors.left: arrow.visible ? arrow.right : parent.left
        anchors.right: cross.visible ? cross.left : parent.right
        anchors.leftMargin: arrow.visible ? Theme.spaceXs : Theme.spaceL
        anchors.rightMargin: Theme.spaceM
        anchors.verticalCenter: parent.verticalCenter
        text: root.title
        kind: GText.Title
        Accessible.role: Accessible.Heading
    }
    IconButton {
        id: cross
        anchors.right: parent.right
        anchors.rightMargin: Theme.spaceM
        anchors.verticalCenter: parent.verticalCenter
        visible: !Theme.isPhone
        iconName: "x"
        text: qsTr("Close")
        onClicked: root.back()
    }
}
