import QtQuick
import Guildhall.Ui

// A picture at the size that was reserved for it before it came.
Item {
    id: root

    required property string source
    required property int pictureWidth
    required property int pictureHeight
    property string description: ""
    property bool covered: false
    property bool moves: false
    property real widest: 400
    property real highest: 320

    signal pressed
    signal uncovered
    signal menuRequested(real px, real py)

    readonly property real factor: Math.min(1, widest / Math.max(1, pictureWidth), highest / Math.max(1, pictureHeight))

    implicitWidth: Math.max(48, Math.round(pictureWidth * factor))
    implicitHeight: Math.max(48, Math.round(pictureHeight * factor))
    Accessible.role: Accessible.Graphic
    Accessible.name: covered ? qsTr("Hidden picture") : description !== "" ? description : qsTr("Picture without a description")
    Accessible.onPressAction: root.press()

    function press() {
        if (covered)
            uncovered();
        else
            pressed();
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusM
        color: Theme.codeBackground
        visible: picture.status !== Image.Ready || root.covered

        Icon {
            anchors.centerIn: parent
            name: root.covered ? "eye-off" : picture.status === Image.Error ? "image-off" : "image"
            size: Theme.iconLarge
            color: Theme.muted
        }
    }
    Image {
        id: picture
        anchors.fill: parent
        visible: !root.covered
        source: root.covered ? "" : root.source
        sourceSize.width: root.width
        sourceSize.height: root.height
        fillMode: Image.PreserveAspectFit
        asynchronous: true
        Accessible.ignored: true
    }
    Loader {
        anchors.left: parent.left
        anchors.bottom: parent.bottom
        anchors.margins: Theme.spaceXs
        active: root.moves && !root.covered
        sourceComponent: Pill {
            text: qsTr("Moving")
            iconName: "play"
        }
    }
    HoverHandler {
        cursorShape: Qt.PointingHandCursor
    }
    TapHandler {
        onTapped: root.press()
        onLongPressed: root.menuRequested(point.position.x, point.position.y)
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: point => root.menuRequested(point.position.x, point.position.y)
    }
}
