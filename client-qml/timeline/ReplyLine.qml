import QtQuick
import Guildhall.Ui

// What a message replies to, in one line; a press goes there.
Item {
    id: root

    required property var reply

    signal pressed

    readonly property bool known: reply.author !== undefined

    implicitHeight: who.implicitHeight + Theme.spaceXs
    activeFocusOnTab: false
    Accessible.role: Accessible.Button
    Accessible.name: known ? qsTr("Replies to %1: %2").arg(reply.author).arg(reply.text) : said.text
    Accessible.onPressAction: root.pressed()

    Icon {
        id: mark
        anchors.left: parent.left
        anchors.verticalCenter: who.verticalCenter
        name: "corner-down-right"
        size: Theme.iconSmall
        color: Theme.muted
    }
    Text {
        id: who
        anchors.left: mark.right
        anchors.leftMargin: Theme.spaceXs
        width: Math.min(implicitWidth, parent.width * 0.4)
        text: root.known ? root.reply.author : ""
        textFormat: Text.PlainText
        elide: Text.ElideRight
        font.pixelSize: Theme.fontSmall
        font.weight: Font.DemiBold
        color: root.known && root.reply.color !== "" ? root.reply.color : Theme.muted
        Accessible.ignored: true
    }
    Text {
        id: said
        anchors.left: who.right
        anchors.leftMargin: Theme.spaceXs
        anchors.right: parent.right
        anchors.baseline: who.baseline
        text: root.known ? root.reply.text : root.reply.deleted ? qsTr("The message was deleted.") : qsTr("The message is not loaded.")
        textFormat: Text.PlainText
        elide: Text.ElideRight
        maximumLineCount: 1
        horizontalAlignment: Text.AlignLeft
        font.pixelSize: Theme.fontSmall
        color: over.hovered ? Theme.text : Theme.muted
        Accessible.ignored: true
    }
    HoverHandler {
        id: over
        cursorShape: Qt.PointingHandCursor
    }
    TapHandler {
        onTapped: root.pressed()
    }
}
