pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Guildhall.Ui

// A picture, large: zoom, move, the one before and after, save, open; Escape closes.
T.Popup {
    id: root

    property var pictures: []
    property int at: 0

    readonly property var picture: pictures[at] ?? null
    property real zoom: 1

    signal saveRequested(string url, string name)
    signal openRequested(string url)

    function show(list: var, url: string) {
        pictures = list;
        at = Math.max(0, list.findIndex(one => one.url === url));
        open();
    }
    function step(by: int) {
        at = Math.max(0, Math.min(pictures.length - 1, at + by));
        zoom = 1;
    }
    function magnify(factor: real) {
        zoom = Math.max(1, Math.min(8, zoom * factor));
    }

    parent: T.Overlay.overlay
    width: parent ? parent.width : 0
    height: parent ? parent.height : 0
    modal: true
    focus: true
    padding: 0
    closePolicy: T.Popup.CloseOnEscape
    onClosed: zoom = 1

    T.Overlay.modal: Scrim {
    }

    background: Rectangle {
        color: "#e6000000"
    }
    contentItem: DialogGround {
        Accessible.name: qsTr("Picture %1 of %2").arg(root.at + 1).arg(root.pictures.length)
        Keys.onLeftPressed: root.step(-1)
        Keys.onRightPressed: root.step(1)
        Keys.onPressed: event => {
            if (event.key === Qt.Key_Plus)
                root.magnify(1.25);
            else if (event.key === Qt.Key_Minus)
                root.magnify(0.8);
            else if (event.key === Qt.Key_0)
                root.zoom = 1;
        }

        Flickable {
            id: flick
            anchors.fill: parent
            anchors.topMargin: Theme.headerHeight
            contentWidth: Math.max(width, image.width)
            contentHeight: Math.max(height, image.height)
            boundsBehavior: Flickable.StopAtBounds
            clip: true

            Image {
                id: image
                anchors.centerIn: parent
                width: flick.width * root.zoom
                height: flick.height * root.zoom
                fillMode: Image.PreserveAspectFit
                asynchronous: true
                autoTransform: true
                source: root.picture && root.visible ? root.picture.picture : ""
                Accessible.role: Accessible.Graphic
                Accessible.name: root.picture ? (root.picture.description === "" ? root.picture.name : root.picture.description) : ""
            }
            WheelHandler {
                acceptedModifiers: Qt.ControlModifier
                onWheel: event => root.magnify(event.angleDelta.y > 0 ? 1.15 : 0.87)
            }
            PinchHandler {
                target: null
                onActiveScaleChanged: root.zoom = Math.max(1, Math.min(8, activeScale))
            }
            TapHandler {
                onDoubleTapped: root.zoom = root.zoom > 1 ? 1 : 2
            }
        }
        Spinner {
            anchors.centerIn: parent
            visible: image.status === Image.Loading
            running: visible
        }
        Row {
            anchors.right: parent.right
            anchors.margins: Theme.spaceS
            anchors.top: parent.top

            Repeater {
                model: [["chevron-left", qsTr("Previous picture"), () => root.step(-1)], ["chevron-right", qsTr("Next picture"), () => root.step(1)], ["zoom-out", qsTr("Smaller"), () => root.magnify(0.8)], ["zoom-in", qsTr("Larger"), () => root.magnify(1.25)], ["download", qsTr("Save"), () => root.saveRequested(root.picture.url, root.picture.name)], ["external-link", qsTr("Open in the browser"), () => root.openRequested(root.picture.url)], ["x", qsTr("Close"), () => root.close()]]

                IconButton {
                    required property var modelData
                    iconName: modelData[0]
                    text: modelData[1]
                    iconColor: "#ffffff"
                    onClicked: modelData[2]()
                }
            }
        }
    }
}
