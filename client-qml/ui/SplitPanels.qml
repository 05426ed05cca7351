import QtQuick
import QtQuick.Templates as T
import Guildhall.Ui

// Three columns. On the desktop they stand side by side and the lines between them can be dragged,
// also with the arrow keys. On a phone the middle one fills the window and slides aside: a swipe
// shows what is before or after it.
HidingScope {
    id: root

    property alias leftPanel: leftHolder.data
    property alias rightPanel: rightHolder.data
    default property alias content: mainHolder.data
    property real leftWidth: 300
    property real rightWidth: 250
    property real leftMinimum: 200
    property real leftMaximum: 480
    property real rightMinimum: 180
    property real rightMaximum: 400
    property bool leftVisible: true
    property bool rightVisible: true
    property int place: 0 // phone: -1 left, 0 main, 1 right
    readonly property bool phone: Theme.isPhone

    readonly property bool mirrored: LayoutMirroring.enabled
    readonly property real drawer: width - Math.max(48, Theme.spaceXxl + Theme.spaceL)
    readonly property real shift: phone ? -place * drawer : 0 // towards the line's end
    readonly property real leftSpace: leftVisible && !phone ? leftWidth : 0
    readonly property real rightSpace: rightVisible && !phone ? rightWidth : 0
    property real dragged: 0

    function showLeft() {
        if (leftVisible)
            place = -1;
    }
    function showMain() {
        place = 0;
    }
    function showRight() {
        if (rightVisible)
            place = 1;
    }
    // A swipe that moved this far towards the line's end.
    function swiped(distance: real) {
        const step = distance > 60 ? -1 : distance < -60 ? 1 : 0;
        const to = Math.max(leftVisible ? -1 : 0, Math.min(rightVisible ? 1 : 0, place + step));
        place = to;
        dragged = 0;
    }
    function clampedShift(): real {
        return Math.max(rightVisible ? -drawer : 0, Math.min(leftVisible ? drawer : 0, shift + dragged));
    }

    overlay: T.Overlay.overlay
    Accessible.role: Accessible.Pane
    clip: phone
    // To the middle; false where it is shown already.
    function leave(): bool {
        const aside = phone && place !== 0;
        showMain();
        return aside;
    }

    Keys.onEscapePressed: event => event.accepted = leave()
    Keys.onBackPressed: event => event.accepted = leave()
    onPhoneChanged: place = 0

    FocusScope {
        id: leftHolder
        x: root.mirrored ? root.width - width : 0
        width: root.phone ? root.drawer : root.leftWidth
        height: parent.height
        visible: root.leftVisible && (!root.phone || main.offset > 0)
        enabled: !root.phone || root.place === -1
        focus: root.phone && root.place === -1
    }
    FocusScope {
        id: rightHolder
        x: root.mirrored ? 0 : root.width - width
        width: root.phone ? root.drawer : root.rightWidth
        height: parent.height
        visible: root.rightVisible && (!root.phone || main.offset < 0)
        enabled: !root.phone || root.place === 1
        focus: root.phone && root.place === 1
    }
    FocusScope {
        id: main

        property real offset: root.clampedShift()

        x: root.mirrored ? root.rightSpace - offset : root.leftSpace + offset
        width: root.width - root.leftSpace - root.rightSpace
        height: parent.height
        focus: !root.phone || root.place === 0

        Behavior on offset  {
            enabled: !swipe.active
            NumberAnimation {
                duration: Theme.gentle
                easing.type: Easing.OutCubic
            }
        }
        Rectangle {
            anchors.fill: parent
            color: Theme.surface
        }
        FocusScope {
            id: mainHolder
            anchors.fill: parent
            focus: true
            enabled: !root.phone || root.place === 0
        }
        Rectangle {
            anchors.fill: parent
            visible: main.offset !== 0
            color: Theme.scrim
            opacity: Math.min(1, Math.abs(main.offset) / Math.max(1, root.drawer))

            TapHandler {
                onTapped: root.showMain()
            }
        }
    }
    PanelHandle {
        visible: root.leftVisible && !root.phone
        x: (root.mirrored ? root.width - root.leftWidth : root.leftWidth) - width / 2
        height: parent.height
        text: qsTr("Width of the first column")
        value: root.leftWidth
        minimum: root.leftMinimum
        maximum: root.leftMaximum
        inverted: root.mirrored
        onMoved: value => root.leftWidth = value
    }
    PanelHandle {
        visible: root.rightVisible && !root.phone
        x: (root.mirrored ? root.rightWidth : root.width - root.rightWidth) - width / 2
        height: parent.height
        text: qsTr("Width of the last column")
        value: root.rightWidth
        minimum: root.rightMinimum
        maximum: root.rightMaximum
        inverted: !root.mirrored
        onMoved: value => root.rightWidth = value
    }
    DragHandler {
        id: swipe
        target: null
        enabled: root.phone
        yAxis.enabled: false
        acceptedDevices: PointerDevice.TouchScreen
        onCentroidChanged: if (active)
            root.dragged = (root.mirrored ? -1 : 1) * (centroid.scenePosition.x - centroid.scenePressPosition.x)
        onActiveChanged: if (!active)
            root.swiped(root.dragged)
    }
}
