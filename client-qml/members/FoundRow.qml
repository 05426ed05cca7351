pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Guildhall.Ui

// A message that was found or is pinned; a press goes there.
T.ItemDelegate {
    id: root

    required property string id
    required property string channel
    required property string channelName
    required property string author
    required property string avatar
    required property string authorId
    required property string time
    required property string content
    required property string marked
    required property string place
    required property int files
    property bool canUnpin: false
    property bool headed: false // a heading says the place

    signal unpinRequested

    width: ListView.view?.width ?? 280
    implicitHeight: body.height + 2 * Theme.spaceM
    activeFocusOnTab: ListView.isCurrentItem
    Accessible.role: Accessible.ListItem
    Accessible.name: [author, place, time, root.content, files > 0 ? qsTr("%n file(s)", "", files) : ""].filter(part => part !== "").join(", ")
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()
    Keys.onDeletePressed: if (canUnpin)
        root.unpinRequested()

    background: Rectangle {
        color: root.hovered ? Theme.hover : "transparent"

        KeyboardFocusRing {
            active: root.visualFocus
        }
        Divider {
            anchors.bottom: parent.bottom
            width: parent.width
        }
    }
    contentItem: Item {
        Column {
            id: body
            x: Theme.spaceL
            y: Theme.spaceM
            width: parent.width - 2 * Theme.spaceL
            spacing: Theme.spaceXs

            GText {
                width: parent.width - (unpin.visible ? unpin.width : 0)
                kind: GText.Small
                font.weight: Font.DemiBold
                text: root.author
                elide: Text.ElideRight
                wrapMode: Text.NoWrap
            }
            GText {
                width: parent.width
                kind: GText.Caption
                muted: true
                text: root.headed ? root.time : qsTr("%1 · %2").arg(root.place).arg(root.time)
                elide: Text.ElideRight
                wrapMode: Text.NoWrap
            }
            GText {
                width: parent.width
                text: root.marked
                textFormat: Text.StyledText // made by text::escaped
                Accessible.name: root.content
                maximumLineCount: 6
                elide: Text.ElideRight
                wrapMode: Text.Wrap
            }
            GText {
                visible: root.files > 0
                kind: GText.Caption
                muted: true
                text: qsTr("%n file(s)", "", root.files)
            }
        }
        IconButton {
            id: unpin
            anchors.right: parent.right
            anchors.rightMargin: Theme.spaceS
            visible: root.canUnpin
            iconName: "pin-off"
            text: qsTr("Unpin")
            onClicked: root.unpinRequested()
        }
    }
}
