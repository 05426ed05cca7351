import QtQuick
import Guildhall.Ui

// One emoji of the picker's grid.
Item {
    id: root

    required property int index
    required property string code
    required property string text
    required property string name
    required property string picture
    property bool current: false

    signal picked
    signal entered

    Accessible.role: Accessible.Button
    Accessible.name: name
    Accessible.focused: current
    Accessible.onPressAction: picked()

    Rectangle {
        anchors.fill: parent
        anchors.margins: 2
        radius: Theme.radiusM
        color: over.hovered ? Theme.hover : "transparent"

        KeyboardFocusRing {
            active: root.current
            gap: 0
        }
    }
    Text {
        anchors.centerIn: parent
        visible: root.picture === ""
        text: root.text
        textFormat: Text.PlainText
        font.family: "Noto Color Emoji"
        font.pixelSize: Math.round(root.height * 0.6)
        Accessible.ignored: true
    }
    Image {
        anchors.centerIn: parent
        visible: root.picture !== ""
        width: Math.round(root.height * 0.6)
        height: width
        source: root.picture
        sourceSize.width: width
        sourceSize.height: height
        fillMode: Image.PreserveAspectFit
        asynchronous: true
        Accessible.ignored: true
    }
    HoverHandler {
        id: over
        onHoveredChanged: if (hovered)
            root.entered()
    }
    TapHandler {
        onTapped: root.picked()
    }
}
