import QtQuick
import Guildhall.Ui

// The text of a message: one paragraph, as most are, or blocks.
Item {
    id: root

    required property string html
    required property int htmlFormat
    required property bool jumbo
    required property var blocks
    required property bool faded
    required property string edited
    required property string note // of the node, instead of a text

    signal linkActivated(string link)
    signal revealed(int spoiler)
    signal copied(string text)

    readonly property bool single: html !== ""

    implicitHeight: (single ? words.implicitHeight : 0) + many.height + mark.height + said.height
    opacity: faded ? 0.6 : 1

    Text {
        id: words
        width: parent.width
        visible: root.single
        text: root.html
        textFormat: root.htmlFormat
        wrapMode: Text.Wrap
        color: Theme.text
        linkColor: Theme.link
        font.pixelSize: root.jumbo ? Math.round(Theme.fontBody * 2.4) : Theme.fontBody
        lineHeight: 1.2
        Accessible.ignored: true
        onLinkActivated: link => root.linkActivated(link)

        HoverHandler {
            cursorShape: words.hoveredLink === "" ? Qt.ArrowCursor : Qt.PointingHandCursor
        }
    }
    Loader {
        id: many
        width: parent.width
        active: !root.single && root.blocks.length > 0
        height: active ? implicitHeight : 0
        sourceComponent: TextBlocks {
            blocks: root.blocks
            onLinkActivated: link => root.linkActivated(link)
            onRevealed: spoiler => root.revealed(spoiler)
            onCopied: text => root.copied(text)
        }
    }
    Loader {
        id: said
        width: parent.width
        active: root.note !== ""
        height: active ? implicitHeight : 0
        sourceComponent: GText {
            text: root.note
            kind: GText.Small
            muted: true
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
    }
    Loader {
        id: mark
        anchors.bottom: parent.bottom
        active: root.edited !== ""
        height: active ? implicitHeight : 0
        sourceComponent: GText {
            text: qsTr("(edited)")
            kind: GText.Caption
            muted: true
            HoverHandler {
                id: over
            }
            Loader {
                active: over.hovered && !Theme.isPhone
                sourceComponent: Tooltip {
                    text: root.edited
                    visible: true
                }
            }
        }
    }
}
