import QtQuick
import Guildhall.Ui

// Who wrote, from which node, and when.
Item {
    id: root

    required property string author
    required property string authorColor
    required property string node
    required property string badge
    required property string time
    required property string moment

    signal pressed

    implicitHeight: name.implicitHeight

    Text {
        id: name
        anchors.left: parent.left
        width: Math.min(implicitWidth, parent.width * 0.6)
        text: root.author
        textFormat: Text.PlainText
        elide: Text.ElideRight
        font.pixelSize: Theme.fontBody
        font.weight: Font.DemiBold
        font.underline: tap.hovered
        horizontalAlignment: Text.AlignLeft
        color: root.authorColor === "" ? Theme.text : root.authorColor
        Accessible.ignored: true

        HoverHandler {
            id: tap
            cursorShape: Qt.PointingHandCursor
        }
        TapHandler {
            onTapped: root.pressed()
        }
    }
    Rectangle {
        id: tag
        anchors.left: name.right
        anchors.leftMargin: visible ? 6 : 0
        anchors.verticalCenter: name.verticalCenter
        visible: root.badge !== ""
        width: visible ? tagText.implicitWidth + Theme.spaceS : 0
        height: tagText.implicitHeight + 2
        radius: Theme.radiusS
        color: Theme.accent

        Text {
            id: tagText
            anchors.centerIn: parent
            text: root.badge
            textFormat: Text.PlainText
            font.pixelSize: Theme.fontTiny
            font.weight: Font.DemiBold
            color: Theme.accentInk
            Accessible.ignored: true
        }
    }
    TextMetrics {
        id: natural
        font: place.font
        text: place.text
    }
    Text {
        id: place
        anchors.left: tag.right
        anchors.leftMargin: visible ? 6 : 0
        anchors.baseline: name.baseline
        visible: root.node !== ""
        // Not by its implicitWidth: that of an elided text depends on its width.
        width: visible ? Math.min(Math.ceil(natural.advanceWidth) + 1, root.width * 0.25) : 0
        text: "@" + root.node
        textFormat: Text.PlainText
        elide: Text.ElideRight
        font.pixelSize: Theme.fontCaption
        color: Theme.muted
        Accessible.ignored: true
    }
    Text {
        anchors.left: place.right
        anchors.leftMargin: Theme.spaceS
        anchors.right: parent.right
        anchors.baseline: name.baseline
        text: root.time
        textFormat: Text.PlainText
        elide: Text.ElideRight
        horizontalAlignment: Text.AlignLeft
        font.pixelSize: Theme.fontCaption
        color: Theme.muted
        Accessible.ignored: true

        HoverHandler {
            id: over
        }
        Loader {
            active: over.hovered && !Theme.isPhone
            sourceComponent: Tooltip {
                text: root.moment
                visible: true
            }
        }
    }
}
