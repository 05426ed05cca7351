import QtQuick
import Guildhall.Ui

// A file of a message: name, size, and a way to keep it.
Rectangle {
    id: root

    required property var file

    signal saved
    signal opened
    signal menuRequested(real px, real py)

    implicitWidth: 360
    implicitHeight: Math.max(Theme.rowHeight + Theme.spaceM, name.implicitHeight + size.implicitHeight + Theme.spaceL)
    radius: Theme.radiusM
    color: Theme.codeBackground
    border.width: Theme.borderWidth
    border.color: Theme.divider
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("File %1, %2").arg(file.name).arg(file.size)

    Icon {
        id: mark
        anchors.left: parent.left
        anchors.leftMargin: Theme.spaceM
        anchors.verticalCenter: parent.verticalCenter
        name: root.file.spoiler ? "eye-off" : "file"
        color: Theme.muted
    }
    GText {
        id: name
        anchors.left: mark.right
        anchors.right: save.left
        anchors.leftMargin: Theme.spaceM
        anchors.bottom: parent.verticalCenter
        text: root.file.name
        color: Theme.link
        Accessible.ignored: true

        TapHandler {
            onTapped: root.opened()
        }
        HoverHandler {
            cursorShape: Qt.PointingHandCursor
        }
    }
    GText {
        id: size
        anchors.left: name.left
        anchors.right: save.left
        anchors.top: parent.verticalCenter
        text: root.file.description === "" ? root.file.size : root.file.size + " · " + root.file.description
        kind: GText.Caption
        muted: true
        Accessible.ignored: true
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: point => root.menuRequested(point.position.x, point.position.y)
    }
    TapHandler {
        acceptedDevices: PointerDevice.TouchScreen
        onLongPressed: root.menuRequested(point.position.x, point.position.y)
    }
    IconButton {
        id: save
        anchors.right: parent.right
        anchors.rightMargin: Theme.spaceXs
        anchors.verticalCenter: parent.verticalCenter
        activeFocusOnTab: false
        iconName: "download"
        text: qsTr("Save %1").arg(root.file.name)
        onClicked: root.saved()
    }
}
