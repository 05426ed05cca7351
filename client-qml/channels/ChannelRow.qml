pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Guildhall.Ui

// A channel, a category or a direct message of the tree.
T.ItemDelegate {
    id: root

    required property string kind
    required property string id
    required property string name
    required property bool unread
    required property int mentions
    required property bool open
    required property bool locked
    required property bool muted
    required property string avatar
    required property bool typing
    property bool current: false

    readonly property bool isCategory: kind === "category"
    readonly property bool isDirect: kind === "direct" || kind === "group"
    readonly property bool bright: current || hovered || (unread && !muted)
    readonly property var icons: ({
            "text": "hash",
            "voice": "volume-2",
            "announcement": "megaphone",
            "forum": "messages-square",
            "group": "users"
        })

    signal menuRequested
    signal foldRequested(bool open)

    width: ListView.view?.width ?? 240
    implicitHeight: isCategory ? Theme.rowHeight + Theme.spaceXs : Theme.rowHeight
    activeFocusOnTab: ListView.isCurrentItem
    Accessible.role: isCategory ? Accessible.Button : Accessible.ListItem
    Accessible.name: (isCategory ? (open ? qsTr("Category %1").arg(name) : qsTr("Category %1, closed").arg(name)) : kind === "voice" ? qsTr("%1, voice channel").arg(name) : name) + (mentions > 0 ? ", " + qsTr("%n mention(s)", "", mentions) : unread ? ", " + qsTr("unread") : "") + (muted ? ", " + qsTr("muted") : "")
    Accessible.selected: current
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()
    Keys.onLeftPressed: root.foldRequested(root.mirrored)
    Keys.onRightPressed: root.foldRequested(!root.mirrored)
    Keys.onMenuPressed: root.menuRequested()
    onPressAndHold: if (Theme.isPhone)
        root.menuRequested()

    background: Item {
        Rectangle {
            anchors.fill: parent
            anchors.leftMargin: Theme.spaceS
            anchors.rightMargin: Theme.spaceS
            anchors.topMargin: 1
            anchors.bottomMargin: 1
            radius: Theme.radiusS
            visible: !root.isCategory && (root.current || root.hovered || root.pressed)
            color: root.current ? Theme.selected : Theme.hover
        }
        KeyboardFocusRing {
            active: root.visualFocus
            anchors.leftMargin: Theme.spaceS
            anchors.rightMargin: Theme.spaceS
        }
        Rectangle {
            x: root.mirrored ? parent.width - 4 : 0
            anchors.verticalCenter: parent.verticalCenter
            width: 4
            height: 8
            radius: 2
            color: Theme.text
            visible: root.unread && !root.muted && !root.isCategory
        }
    }
    contentItem: Item {
        Icon {
            id: mark
            visible: !root.isDirect
            anchors.left: parent.left
            anchors.leftMargin: root.isCategory ? Theme.spaceS : Theme.spaceL
            anchors.verticalCenter: parent.verticalCenter
            name: root.isCategory ? (root.open ? "chevron-down" : root.mirrored ? "chevron-left" : "chevron-right") : root.icons[root.kind] ?? "hash"
            size: root.isCategory ? Math.round(Theme.iconSmall * 0.8) : Theme.iconSmall
            color: Theme.muted
        }
        Avatar {
            id: face
            visible: root.isDirect
            anchors.left: parent.left
            anchors.leftMargin: Theme.spaceL
            anchors.verticalCenter: parent.verticalCenter
            size: 24
            name: root.name
            colorId: root.id
            source: root.avatar === "" ? "" : root.avatar + "?size=64&round"
            Accessible.ignored: true
        }
        GText {
            anchors.left: root.isDirect ? face.right : mark.right
            anchors.leftMargin: root.isCategory ? Theme.spaceXs : Theme.spaceS
            anchors.right: tail.left
            anchors.rightMargin: Theme.spaceXs
            anchors.verticalCenter: parent.verticalCenter
            text: root.isCategory ? root.name.toLocaleUpperCase() : root.name
            kind: root.isCategory ? GText.Overline : GText.Body
            font.weight: root.isCategory || (root.unread && !root.muted) ? Font.DemiBold : Font.Normal
            color: root.bright ? Theme.text : Theme.muted
            elide: Text.ElideRight
            wrapMode: Text.NoWrap
            opacity: root.muted && !root.current ? 0.6 : 1
        }
        Row {
            id: tail
            anchors.right: parent.right
            anchors.rightMargin: Theme.spaceL
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.spaceXs

            Icon {
                visible: root.typing
                name: "ellipsis"
                size: Theme.iconSmall
                color: Theme.muted
            }
            Icon {
                visible: root.locked && !root.isCategory
                name: "lock"
                size: Math.round(Theme.iconSmall * 0.8)
                color: Theme.muted
            }
            Badge {
                visible: root.mentions > 0
                count: root.mentions
                mention: true
            }
        }
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: root.menuRequested()
    }
}
