import QtQuick
import Guildhall.Settings
import Guildhall.Ui

// The part of a picture that is kept: dragged by mouse or finger, moved by the arrow keys, zoomed
// by the wheel, plus and minus.
Column {
    id: root

    required property ImageCropper cropper
    property bool round: true

    spacing: Theme.spaceM

    FocusScope {
        id: box

        readonly property real side: Math.min(root.width, 280)

        anchors.horizontalCenter: parent.horizontalCenter
        width: side
        height: side
        activeFocusOnTab: true
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("Picture. The arrow keys move it, plus and minus zoom.")
        Keys.onLeftPressed: root.cropper.pan(-0.05, 0)
        Keys.onRightPressed: root.cropper.pan(0.05, 0)
        Keys.onUpPressed: root.cropper.pan(0, -0.05)
        Keys.onDownPressed: root.cropper.pan(0, 0.05)
        Keys.onPressed: event => {
            const by = event.text === "+" ? 1.1 : event.text === "-" ? 1 / 1.1 : 1;
            event.accepted = by !== 1;
            root.cropper.zoom *= by;
        }

        Item {
            anchors.fill: parent
            clip: true

            Image {
                readonly property rect kept: root.cropper.kept

                x: -kept.x * width
                y: -kept.y * height
                width: box.side / kept.width
                height: box.side / kept.height
                source: root.cropper.shown
                smooth: true
                Accessible.ignored: true
            }
        }
        Rectangle {
            anchors.fill: parent
            radius: root.round ? width / 2 : width * 0.28
            color: "transparent"
            border.width: 2
            border.color: Theme.focus
        }
        KeyboardFocusRing {
            active: box.activeFocus
        }
        DragHandler {
            property point last

            target: null
            onActiveChanged: last = Qt.point(0, 0)
            onTranslationChanged: {
                root.cropper.pan((last.x - translation.x) / box.side, (last.y - translation.y) / box.side);
                last = Qt.point(translation.x, translation.y);
            }
        }
        WheelHandler {
            onWheel: event => root.cropper.zoom *= event.angleDelta.y > 0 ? 1.1 : 1 / 1.1
        }
    }
    SliderField {
        width: parent.width
        label: qsTr("Zoom")
        from: 1
        to: 8
        stepSize: 0.1
        value: root.cropper.zoom
        onMoved: root.cropper.zoom = value
    }
}
