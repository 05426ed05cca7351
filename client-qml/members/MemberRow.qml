pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Guildhall.Ui

// A member, or the name of a group of them.
T.ItemDelegate {
    id: root

    required property string kind
    required property string id
    required property string name
    required property int count
    required property string avatar
    required property string status
    required property string ink
    required property string note
    required property bool bot
    required property string node
    required property bool owner

    readonly property bool isGroup: kind !== "member"
    readonly property bool isMore: kind === "more"
    readonly property string heading: isMore ? qsTr("and %Ln more", "", count) : qsTr("%1 — %L2").arg(name).arg(count)
    readonly property string statusText: status === "online" ? qsTr("online") : status === "idle" ? qsTr("away") : status === "dnd" ? qsTr("do not disturb") : qsTr("offline")
    readonly property var facts: [name, bot ? qsTr("bot") : "", owner ? qsTr("owner") : "", statusText, node === "" ? "" : qsTr("of %1").arg(node), note]

    width: ListView.view?.width ?? 240
    implicitHeight: isGroup ? Theme.rowHeight : Theme.rowHeight + Theme.spaceS
    enabled: !isGroup
    activeFocusOnTab: !isGroup && ListView.isCurrentItem
    Accessible.role: isMore ? Accessible.StaticText : isGroup ? Accessible.Heading : Accessible.ListItem
    Accessible.name: isGroup ? heading : facts.filter(part => part !== "").join(", ")
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()
    Keys.onMenuPressed: root.clicked()

    background: Item {
        Rectangle {
            anchors.fill: parent
            anchors.leftMargin: Theme.spaceS
            anchors.rightMargin: Theme.spaceS
            radius: Theme.radiusS
            visible: !root.isGroup && (root.hovered || root.pressed)
            color: Theme.hover
        }
        KeyboardFocusRing {
            active: root.visualFocus
        }
    }
    contentItem: Item {
        GText {
            visible: root.isGroup
            anchors.left: parent.left
            anchors.leftMargin: Theme.spaceL
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.spaceXs
            kind: root.isMore ? GText.Caption : GText.Overline
            muted: true
            text: root.heading
        }
        Avatar {
            id: face
            visible: !root.isGroup
            anchors.left: parent.left
            anchors.leftMargin: Theme.spaceL
            anchors.verticalCenter: parent.verticalCenter
            size: Theme.avatarSmall
            name: root.name
            colorId: root.id
            source: root.avatar === "" ? "" : root.avatar + "?size=64&round"
            status: root.status
            ground: Theme.sidebar
            opacity: root.status === "offline" ? 0.6 : 1
            Accessible.ignored: true
        }
        Column {
            visible: !root.isGroup
            anchors.left: face.right
            anchors.leftMargin: Theme.spaceM
            anchors.right: tail.left
            anchors.rightMargin: Theme.spaceXs
            anchors.verticalCenter: parent.verticalCenter

            GText {
                width: parent.width
                text: root.name
                color: root.ink === "" ? (root.status === "offline" ? Theme.muted : Theme.text) : Theme.readable(root.ink, Theme.sidebar)
                elide: Text.ElideRight
                wrapMode: Text.NoWrap
            }
            GText {
                width: parent.width
                visible: text !== ""
                kind: GText.Caption
                muted: true
                text: root.note !== "" ? root.note : root.node === "" ? "" : "@" + root.node
                elide: Text.ElideRight
                wrapMode: Text.NoWrap
            }
        }
        Row {
            id: tail
            anchors.right: parent.right
            anchors.rightMargin: Theme.spaceL
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.spaceXs

            Icon {
                visible: root.owner
                name: "crown"
                size: Theme.iconSmall
                color: Theme.warning
            }
            Pill {
                visible: root.bot
                text: qsTr("Bot")
                tone: Pill.Accent
            }
        }
    }
}
