import QtQuick
import Guildhall.Timeline
import Guildhall.Ui

// One row of the timeline, of any kind. Its height follows from its parts at once, without a
// layout: a jump lands where it should. Rare parts are loaded where a row has them.
Item {
    id: root

    required property int index
    required property int kind
    required property string messageId
    required property string authorId
    required property string author
    required property string authorColor
    required property string avatar
    required property string node
    required property string badge
    required property string time
    required property string moment
    required property bool continuation
    required property string day
    required property bool unreadLine
    required property string html
    required property int htmlFormat
    required property bool jumbo
    required property var blocks
    required property var reply
    required property string command
    required property var files
    required property var embeds
    required property var reactions
    required property string edited
    required property bool pinned
    required property bool mentioned
    required property string sentence
    required property int stage
    required property real progress
    required property string error
    required property string edge
    required property string spoken
    required property MessageActions actions
    property bool flashing: false
    readonly property real contentTop: lines.height

    readonly property bool isEdge: kind === TimelineModel.EdgeKind
    readonly property bool isSystem: kind === TimelineModel.SystemKind
    readonly property bool isMessage: !isEdge && !isSystem
    readonly property bool hasHeader: isMessage && !continuation
    readonly property bool current: ListView.isCurrentItem && activeFocus
    readonly property real start: Theme.spaceL + Theme.avatarMedium + Theme.spaceM
    readonly property real inner: width - start - Theme.spaceL

    // A press is told to every handler below it.
    function askMenu(at: point): void {
        if (!tail.hasFileAt(mapToItem(tail, at)))
            actions.menuRequested(index, root, at.x, at.y);
    }

    width: ListView.view ? ListView.view.width : 400
    height: isEdge ? edgePart.height : tail.y + tail.height + 2
    Accessible.role: Accessible.ListItem
    Accessible.name: spoken
    Accessible.focusable: true
    Accessible.focused: current
    ListView.onPooled: actions.hover(root, false)
    Component.onDestruction: actions.hover(root, false)

    RowGround {
        anchors.fill: parent
        anchors.topMargin: lines.height
        flashing: root.flashing
        mentioned: root.mentioned
        hovered: over.hovered && root.isMessage
        current: root.current
    }
    Loader {
        id: edgePart
        width: parent.width
        active: root.isEdge
        height: active ? implicitHeight : 0
        sourceComponent: EdgeRow {
            edge: root.edge
            channelName: root.actions.model.channelName
            onRetried: root.actions.model.retryEdge(root.index)
        }
    }
    RowLines {
        id: lines
        width: parent.width
        day: root.day
        unreadLine: root.unreadLine
    }
    Loader {
        id: replyPart
        anchors.left: parent.left
        anchors.leftMargin: root.start
        y: lines.height + (root.hasHeader ? Theme.spaceS : 0)
        width: root.inner
        active: root.reply.id !== undefined || root.command !== ""
        height: active ? implicitHeight : 0
        sourceComponent: ReplyLine {
            reply: root.command === "" ? root.reply : ({
                    "author": root.command,
                    "text": "",
                    "color": "",
                    "deleted": false
                })
            onPressed: root.actions.model.jumpTo(root.reply.id ?? "")
        }
    }
    Avatar {
        anchors.left: parent.left
        anchors.leftMargin: Theme.spaceL
        y: header.y + 2
        visible: root.hasHeader
        name: root.author
        colorId: root.authorId
        source: root.avatar
        Accessible.ignored: true

        TapHandler {
            onTapped: root.actions.model.profileRequested(root.authorId, root)
        }
    }
    MessageHeader {
        id: header
        anchors.left: parent.left
        anchors.leftMargin: root.start
        y: replyPart.y + replyPart.height
        width: root.inner
        height: root.hasHeader ? implicitHeight : 0
        visible: root.hasHeader
        author: root.author
        authorColor: root.authorColor
        node: root.node
        badge: root.badge
        time: root.time
        moment: root.moment
        onPressed: root.actions.model.profileRequested(root.authorId, root)
    }
    MessageBody {
        id: body
        anchors.left: parent.left
        anchors.leftMargin: root.start
        y: header.y + header.height + (root.isSystem ? Theme.spaceXs : 1)
        width: root.inner
        height: implicitHeight
        note: root.isSystem ? root.sentence + "  " + root.time : ""
        html: root.html
        htmlFormat: root.htmlFormat
        jumbo: root.jumbo
        blocks: root.blocks
        faded: root.stage > 0
        edited: root.edited
        onLinkActivated: link => root.actions.model.follow(root.index, link, root)
        onRevealed: spoiler => root.actions.model.reveal(root.index, spoiler)
        onCopied: text => root.actions.model.copy(text)
    }
    MessageTail {
        id: tail
        anchors.left: parent.left
        anchors.leftMargin: root.start
        y: body.y + body.height
        width: root.inner
        row: root.index
        messageId: root.messageId
        shown: root.isMessage
        files: root.files
        embeds: root.embeds
        reactions: root.reactions
        stage: root.stage
        progress: root.progress
        error: root.error
        actions: root.actions
    }
    Loader {
        anchors.left: parent.left
        anchors.leftMargin: Theme.spaceXs
        anchors.verticalCenter: body.top
        anchors.verticalCenterOffset: Theme.fontBody
        active: root.pinned
        sourceComponent: Icon {
            name: "pin"
            size: Theme.fontCaption
            color: Theme.muted
        }
    }
    HoverHandler {
        id: over
        enabled: !Theme.isPhone
        onHoveredChanged: root.actions.hover(root, hovered && root.isMessage)
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        enabled: !root.isEdge
        onTapped: point => root.askMenu(point.position)
    }
    TapHandler {
        acceptedDevices: PointerDevice.TouchScreen
        enabled: !root.isEdge
        onLongPressed: root.askMenu(point.position)
    }
}
