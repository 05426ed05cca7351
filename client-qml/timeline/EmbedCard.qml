import QtQuick
import Guildhall.Ui

// What a link leads to, or what a bot has to say: a card with a coloured edge.
Rectangle {
    id: root

    required property var embed

    signal linkActivated(string link)
    signal pictureOpened(string url)

    readonly property real inner: width - 2 * Theme.spaceM - 4

    implicitWidth: 460
    implicitHeight: parts.implicitHeight + 2 * Theme.spaceM
    radius: Theme.radiusM
    color: Theme.codeBackground
    Accessible.role: Accessible.Grouping
    Accessible.name: embed.title !== "" ? qsTr("Embed: %1").arg(embed.title) : qsTr("Embed")

    Rectangle {
        anchors.left: parent.left
        width: 4
        height: parent.height
        radius: 2
        color: root.embed.color === "" ? Theme.outline : root.embed.color
    }
    Column {
        id: parts
        anchors.left: parent.left
        anchors.leftMargin: Theme.spaceM + 4
        y: Theme.spaceM
        width: root.inner
        spacing: Theme.spaceXs

        GText {
            width: parent.width
            visible: text !== ""
            text: root.embed.provider
            kind: GText.Caption
            muted: true
        }
        GText {
            width: parent.width
            visible: text !== ""
            text: root.embed.author
            kind: GText.Small
            font.weight: Font.DemiBold
        }
        GText {
            width: parent.width
            visible: text !== ""
            text: root.embed.title
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
            color: root.embed.url === "" ? Theme.text : Theme.link
            Accessible.role: root.embed.url === "" ? Accessible.StaticText : Accessible.Link
            Accessible.name: text
            Accessible.onPressAction: root.linkActivated(root.embed.url)

            TapHandler {
                enabled: root.embed.url !== ""
                onTapped: root.linkActivated(root.embed.url)
            }
        }
        Text {
            width: parent.width
            visible: text !== ""
            text: root.embed.html
            textFormat: Text.StyledText
            wrapMode: Text.Wrap
            font.pixelSize: Theme.fontSmall
            color: Theme.text
            linkColor: Theme.link
            onLinkActivated: link => root.linkActivated(link)
        }
        Flow {
            width: parent.width
            spacing: Theme.spaceS
            visible: root.embed.fields.length > 0

            Repeater {
                model: root.embed.fields

                Column {
                    id: field
                    required property var modelData
                    width: modelData.inline ? Math.max(120, (root.inner - 2 * Theme.spaceS) / 3) : root.inner

                    GText {
                        width: parent.width
                        text: field.modelData.name
                        kind: GText.Small
                        font.weight: Font.DemiBold
                    }
                    Text {
                        width: parent.width
                        text: field.modelData.value
                        textFormat: Text.StyledText
                        wrapMode: Text.Wrap
                        font.pixelSize: Theme.fontSmall
                        color: Theme.text
                        linkColor: Theme.link
                        onLinkActivated: link => root.linkActivated(link)
                    }
                }
            }
        }
        Loader {
            active: root.embed.picture !== ""
            sourceComponent: PictureTile {
                source: root.embed.picture
                pictureWidth: root.embed.width > 0 ? root.embed.width : 320
                pictureHeight: root.embed.height > 0 ? root.embed.height : 180
                description: root.embed.title
                widest: root.inner
                onPressed: root.pictureOpened(root.embed.pictureUrl)
            }
        }
        GText {
            width: parent.width
            visible: text !== ""
            text: [root.embed.footer, root.embed.when].filter(one => one !== "").join(" · ")
            kind: GText.Caption
            muted: true
            wrapMode: Text.Wrap
        }
    }
}
