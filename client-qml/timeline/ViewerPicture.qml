import QtQuick
import Guildhall.Core
import Guildhall.Ui

// The picture of the viewer: fitted, enlarged up to eight times around a point, moved. One that
// moves plays unless motion is to be reduced; then it is played when asked for.
Flickable {
    id: root

    required property var picture // a map, or null
    property real zoom: 1
    property bool playing: !Theme.reducedMotion

    signal uncovered

    readonly property bool mirrored: LayoutMirroring.enabled
    readonly property bool covered: picture !== null && picture.covered === true
    readonly property bool moves: picture !== null && picture.moves === true && !covered
    readonly property point middle: Qt.point(width / 2, height / 2)
    readonly property string source: picture !== null && !covered ? picture.picture : ""
    readonly property real frameMax: 4194304 // pixels of a frame that is decoded again and again

    // By a factor, 0 for the whole picture; what is at the point of the view stays there.
    function magnify(factor: real, at: point) {
        const to = Math.max(1, Math.min(8, zoom * factor)), grown = to / zoom;
        const x = (contentX + at.x) * grown - at.x, y = (contentY + at.y) * grown - at.y;
        zoom = to;
        place(x, y);
    }
    function place(x: real, y: real) {
        contentX = Math.max(0, Math.min(contentWidth - width, x));
        contentY = Math.max(0, Math.min(contentHeight - height, y));
    }
    function pan(x: int, y: int) {
        place(contentX + x * width / 8, contentY + y * height / 8);
    }

    contentWidth: width * zoom
    contentHeight: height * zoom
    boundsBehavior: Flickable.StopAtBounds
    interactive: zoom > 1
    clip: true
    onPictureChanged: {
        zoom = 1;
        playing = !Theme.reducedMotion;
        place(0, 0);
    }

    Image {
        id: still
        width: root.contentWidth
        height: root.contentHeight
        // Enough for all of its zoom and no more: what somebody sent may be much larger.
        sourceSize: Qt.size(4096, 4096)
        fillMode: Image.PreserveAspectFit
        asynchronous: true
        mipmap: true
        visible: !moving.shown
        source: root.source
        Accessible.role: Accessible.Graphic
        Accessible.name: !root.picture ? "" : root.covered ? qsTr("Hidden picture") : root.picture.description === "" ? root.picture.name : root.picture.description
    }
    // Not a TapHandler: what that is told, handlers below the viewer are told too.
    MouseArea {
        width: root.contentWidth
        height: root.contentHeight
        onDoubleClicked: mouse => root.magnify(root.zoom > 1 ? 0 : 2, Qt.point(mouse.x - root.contentX, mouse.y - root.contentY))
    }
    Loader {
        id: moving

        readonly property bool shown: item !== null && (item as AnimatedImage).status === AnimatedImage.Ready

        width: root.contentWidth
        height: root.contentHeight
        active: root.moves && file.path.toString() !== ""
        sourceComponent: AnimatedImage {
            objectName: "movie"
            fillMode: AnimatedImage.PreserveAspectFit
            cache: false
            playing: root.playing && root.visible && implicitWidth * implicitHeight <= root.frameMax
            source: file.path
            Accessible.ignored: true
        }
    }
    LocalPicture {
        id: file
        source: root.moves ? root.source : ""
    }
    Spinner {
        x: root.contentX + (root.width - width) / 2
        y: root.contentY + (root.height - height) / 2
        visible: still.status === Image.Loading
        running: visible
    }
    GText {
        x: root.contentX + (root.width - width) / 2
        y: root.contentY + (root.height - height) / 2
        visible: root.source !== "" && still.status !== Image.Loading && still.implicitWidth === 0
        text: qsTr("The picture cannot be shown.")
        color: "#ffffff"
    }
    GButton {
        x: (root.width - width) / 2
        y: (root.height - height) / 2
        visible: root.covered
        iconName: "eye"
        text: qsTr("Show spoiler")
        onClicked: root.uncovered()
    }
    WheelHandler {
        acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
        onWheel: event => root.magnify(event.angleDelta.y > 0 ? 1.15 : event.angleDelta.y < 0 ? 0.87 : 1, Qt.point(event.x - root.contentX, event.y - root.contentY))
    }
    PinchHandler {
        id: pinch
        property real from: 1
        target: null
        onActiveChanged: if (active)
            from = root.zoom
        onActiveScaleChanged: if (active)
            root.magnify(from * activeScale / root.zoom, Qt.point(centroid.position.x - root.contentX, centroid.position.y - root.contentY))
    }
}
