import QtQuick
import Guildhall.Settings
import Guildhall.Ui

// A picture of a guild or a person: shown, changed by file, drop or paste, cut to a square, removed.
FocusScope {
    id: root

    required property string name
    property string colorId: name
    property string source: ""
    property bool square: false
    property string error: ""

    signal picked(string uri)

    implicitWidth: 320
    readonly property bool beside: width >= face.width + 12 * Theme.fontControl // else the buttons are below

    implicitHeight: beside ? Math.max(face.height, words.implicitHeight) : face.height + Theme.spaceM + words.implicitHeight

    ImageCropper {
        id: cropper
        onChanged: if (ready && !crop.visible)
            crop.open()
    }
    Avatar {
        id: face
        anchors.left: parent.left
        name: root.name
        colorId: root.colorId
        source: root.source
        size: Theme.avatarLarge
        square: root.square
    }
    Column {
        id: words
        anchors.left: root.beside ? face.right : parent.left
        anchors.leftMargin: root.beside ? Theme.spaceL : 0
        anchors.right: parent.right
        y: root.beside ? (parent.height - height) / 2 : face.height + Theme.spaceM
        spacing: Theme.spaceS

        Flow {
            width: parent.width
            spacing: Theme.spaceS

            GButton {
                iconName: "image-plus"
                text: qsTr("Choose picture")
                onClicked: chooser.active ? chooser.reopen() : chooser.active = true
            }
            GButton {
                iconName: "clipboard"
                text: qsTr("Paste")
                onClicked: nothing.visible = !cropper.paste()
            }
            GButton {
                visible: root.source !== ""
                kind: GButton.Ghost
                text: qsTr("Remove")
                onClicked: root.picked("")
            }
        }
        GText {
            id: nothing
            width: parent.width
            visible: false
            text: qsTr("There is no picture in the clipboard.")
            kind: GText.Caption
            muted: true
            wrapMode: Text.Wrap
        }
        GText {
            width: parent.width
            visible: text !== ""
            text: cropper.error !== "" ? cropper.error : root.error
            kind: GText.Caption
            color: Theme.danger
            wrapMode: Text.Wrap
            Accessible.role: Accessible.AlertMessage
        }
    }
    DropArea {
        anchors.fill: parent
        keys: ["text/uri-list"]
        onDropped: drop => cropper.source = drop.urls[0]
    }
    Loader {
        id: chooser

        function reopen() {
            (item as PictureDialog).open();
        }

        active: false
        sourceComponent: PictureDialog {
            onAccepted: cropper.source = selectedFile
        }
        onLoaded: reopen()
    }
    ModalDialog {
        id: crop
        title: qsTr("Cut to a square")
        acceptText: qsTr("Use picture")
        onAccepted: {
            root.picked(cropper.result());
            cropper.clear();
        }
        onRejected: cropper.clear()

        CropBox {
            width: parent?.width ?? 0
            cropper: cropper
            round: !root.square
        }
    }
}
