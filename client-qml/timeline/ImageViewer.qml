import QtQuick
import QtQuick.Templates as T
import Guildhall.Core
import Guildhall.Timeline
import Guildhall.Ui

// A message's pictures, large: zoom, move, the one before and after, save, copy; Escape closes.
T.Popup {
    id: root
    objectName: "imageViewer"

    required property FileSaver saver
    property var pictures: []
    property int at: 0
    property string messageId: ""

    readonly property var picture: pictures[at] ?? null

    signal saveRequested(var picture)
    signal copyRequested(string address)
    signal linkCopied(string url)
    signal openRequested(string url)
    signal uncovered(string messageId, string fileId)
    signal left(string messageId)

    function show(list: var, url: string, message: string) {
        pictures = list;
        messageId = message;
        at = Math.max(0, list.findIndex(one => one.url === url));
        open();
    }
    function step(by: int) {
        at = Math.max(0, Math.min(pictures.length - 1, at + by));
    }
    // What was hidden is shown because somebody asked, never by going past it.
    function uncover() {
        uncovered(messageId, picture.id);
        pictures = pictures.map((one, i) => i === at ? Object.assign({}, one, {
                        "covered": false
                    }) : one);
    }

    parent: T.Overlay.overlay
    width: parent ? parent.width : 0
    height: parent ? parent.height : 0
    modal: true
    focus: true
    padding: 0
    closePolicy: T.Popup.CloseOnEscape
    onClosed: left(messageId)

    T.Overlay.modal: Scrim {
    }

    background: Rectangle {
        color: "#e6000000"
    }
    contentItem: DialogGround {
        Accessible.name: qsTr("Picture %1 of %2").arg(root.at + 1).arg(root.pictures.length)
        Keys.onPressed: event => event.accepted = keys.press(event.key, event.modifiers)

        ViewerKeys {
            id: keys
            shown: shown
            bar: bar
            count: root.pictures.length
            onUncovered: root.uncover()
        }
        ViewerPicture {
            id: shown
            anchors.fill: parent
            anchors.topMargin: Theme.headerHeight
            anchors.bottomMargin: strip.height
            picture: root.opened || root.visible ? root.picture : null
            onUncovered: root.uncover()
        }
        ViewerBar {
            id: bar
            anchors.left: parent.left
            anchors.right: parent.right
            height: Theme.headerHeight
            title: root.picture ? root.picture.name : ""
            hasPrevious: root.at > 0
            hasNext: root.at < root.pictures.length - 1
            single: root.pictures.length < 2
            moves: shown.moves
            playing: shown.playing
            covered: shown.covered
            onStepped: by => root.step(by)
            onMagnified: factor => shown.magnify(factor, shown.middle)
            onPlayToggled: shown.playing = !shown.playing
            onSaved: root.saveRequested(root.picture)
            onCopied: root.copyRequested(root.picture.picture)
            onLinkCopied: root.linkCopied(root.picture.url)
            onOpened: root.openRequested(root.picture.url)
            onClosed: root.close()
        }
        SaveStrip {
            id: strip
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            saver: root.saver
        }
    }
}
