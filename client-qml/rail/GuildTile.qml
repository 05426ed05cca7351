import QtQuick
import QtQuick.Templates as T
import Guildhall.Ui

// A guild of the rail, or a folder of them: its picture, what is unread, whether it is shown.
T.AbstractButton {
    id: root

    required property int index
    required property string kind
    required property string id
    required property string name
    required property string picture
    required property bool unread
    required property int mentions
    required property bool unavailable
    required property string folder
    required property bool open
    required property string tint
    property bool current: false

    readonly property bool isFolder: kind === "folder"
    readonly property string title: isFolder && name === "" ? qsTr("Folder") : name
    readonly property string statusLine: unavailable ? qsTr("cannot be reached") : mentions > 0 ? qsTr("%n mention(s)", "", mentions) : unread ? qsTr("unread") : ""

    signal menuRequested
    signal dragMoved(real sceneY)
    signal dragEnded

    implicitWidth: Theme.railWidth
    implicitHeight: Theme.tileSize + Theme.spaceXs
    activeFocusOnTab: ListView.isCurrentItem
    z: drag.active ? 2 : 0
    opacity: drag.active ? 0.7 : 1
    transform: Translate {
        y: drag.active ? drag.activeTranslation.y : 0
    }
    Accessible.role: Accessible.Button
    Accessible.name: statusLine === "" ? title : qsTr("%1, %2").arg(title).arg(statusLine)
    Accessible.selected: current
    Accessible.description: isFolder ? (open ? qsTr("open folder") : qsTr("closed folder")) : ""
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()
    Keys.onMenuPressed: root.menuRequested()
    onPressAndHold: if (Theme.isPhone)
        root.menuRequested()

    Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        x: root.mirrored ? root.width - 4 : 0
        width: 4
        height: root.current ? 36 : root.hovered ? 18 : 8
        radius: 2
        color: Theme.text
        visible: !root.isFolder && (root.current || root.unread || root.hovered)
    }
    Rectangle {
        anchors.fill: face
        anchors.margins: -3
        radius: 18
        color: root.tint === "" ? Theme.hover : root.tint
        opacity: 0.35
        visible: root.folder !== "" || root.isFolder
    }
    Item {
        id: face
        anchors.centerIn: parent
        width: Theme.tileSize
        height: Theme.tileSize
        opacity: root.unavailable ? 0.5 : 1

        Avatar {
            visible: !root.isFolder
            anchors.fill: parent
            size: Theme.tileSize
            square: root.current || root.hovered
            corner: root.current || root.hovered ? Theme.spaceL : Theme.tileSize / 2
            name: root.title
            colorId: root.id
            source: root.picture === "" ? "" : root.picture + "?size=96&round"
            ground: Theme.rail
            Accessible.ignored: true
        }
        Icon {
            visible: root.isFolder
            anchors.centerIn: parent
            name: root.open ? "folder-open" : "folder"
            color: root.tint === "" ? Theme.text : Theme.readable(root.tint, Theme.rail)
            size: Theme.iconLarge
        }
        KeyboardFocusRing {
            active: root.visualFocus
            radius: 16
        }
    }
    Badge {
        anchors.right: face.right
        anchors.bottom: face.bottom
        anchors.margins: -4
        visible: root.mentions > 0
        count: root.mentions
        mention: true
    }
    Icon {
        visible: root.unavailable
        anchors.right: face.right
        anchors.top: face.top
        name: "cloud-off"
        size: Theme.iconSmall
        color: Theme.warning
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: root.menuRequested()
    }
    DragHandler {
        id: drag
        enabled: !Theme.isPhone
        target: null
        dragThreshold: 8
        onCentroidChanged: if (active)
            root.dragMoved(centroid.scenePosition.y)
        onActiveChanged: if (!active)
            root.dragEnded()
    }
    Loader {
        active: root.hovered && !root.pressed
        sourceComponent: Tooltip {
            text: root.title
            visible: root.hovered
        }
    }
}
