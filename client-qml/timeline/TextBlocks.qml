import QtQuick
import Guildhall.Ui

// A text of more than one paragraph: headings, lists, quotes, code, one below the other.
Column {
    id: root

    required property var blocks

    signal linkActivated(string link)
    signal revealed(int spoiler)
    signal copied(string text)

    spacing: 2

    Repeater {
        model: root.blocks

        Item {
            id: block

            required property var modelData
            readonly property bool isCode: modelData.kind === "code"
            readonly property real start: (modelData.quoted ? Theme.spaceM : 0) + (modelData.kind === "item" ? Theme.spaceXl + modelData.level * Theme.spaceL : 0)

            width: root.width
            height: isCode ? code.height : words.implicitHeight

            Rectangle {
                anchors.left: parent.left
                width: 3
                height: parent.height + root.spacing
                radius: 1.5
                visible: block.modelData.quoted
                color: Theme.outline
            }
            Text {
                anchors.right: words.left
                anchors.rightMargin: 6
                visible: block.modelData.kind === "item"
                text: block.modelData.marker
                textFormat: Text.PlainText
                color: Theme.muted
                font.pixelSize: Theme.fontBody
                Accessible.ignored: true
            }
            Text {
                id: words
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.leftMargin: block.start
                visible: !block.isCode
                text: block.isCode ? "" : block.modelData.html
                textFormat: block.modelData.format
                wrapMode: Text.Wrap
                color: block.modelData.kind === "subtext" ? Theme.muted : Theme.text
                linkColor: Theme.link
                font.pixelSize: block.modelData.kind === "heading" ? [Theme.fontDisplay, Theme.fontHeading, Theme.fontTitle][Math.min(2, Math.max(0, block.modelData.level - 1))] : block.modelData.kind === "subtext" ? Theme.fontCaption : Theme.fontBody
                font.weight: block.modelData.kind === "heading" ? Font.Bold : Font.Normal
                Accessible.ignored: true
                onLinkActivated: link => root.linkActivated(link)

                HoverHandler {
                    cursorShape: words.hoveredLink === "" ? Qt.ArrowCursor : Qt.PointingHandCursor
                }
            }
            Loader {
                id: code
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.leftMargin: block.start
                active: block.isCode
                height: active ? implicitHeight : 0
                sourceComponent: CodeBlock {
                    html: block.modelData.html
                    source: block.modelData.source
                    language: block.modelData.language
                    covered: block.modelData.hidden
                    onRevealed: root.revealed(block.modelData.spoiler)
                    onCopied: root.copied(block.modelData.source)
                }
            }
        }
    }
}
