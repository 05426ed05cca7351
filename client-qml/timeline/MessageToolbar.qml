import QtQuick
import Guildhall.Timeline
import Guildhall.Ui

// What one can do with the message under the pointer.
Rectangle {
    id: root

    required property MessageActions actions
    readonly property MessageRow row: actions.hovered as MessageRow
    readonly property var rights: target.rights

    parent: row ?? null
    visible: row !== null && !Theme.isPhone
    anchors.right: parent ? parent.right : undefined
    anchors.rightMargin: Theme.spaceL
    y: row ? Math.max(row.contentTop - Theme.spaceM, -Theme.spaceM) : 0
    z: 10
    width: buttons.width + 4
    height: buttons.height + 4
    radius: Theme.radiusM
    color: Theme.elevated
    border.width: Theme.borderWidth
    border.color: Theme.divider
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("Actions for the message")

    MessageTarget {
        id: target
        timeline: root.actions.model
        key: root.row ? root.row.messageId : ""
    }
    Row {
        id: buttons
        anchors.centerIn: parent

        IconButton {
            visible: root.rights.react ?? false
            activeFocusOnTab: false
            iconName: "smile-plus"
            iconSize: Theme.iconSmall
            text: qsTr("Add a reaction")
            onClicked: root.actions.reactionRequested(root.row.messageId, this)
        }
        IconButton {
            visible: root.rights.reply ?? false
            activeFocusOnTab: false
            iconName: "reply"
            iconSize: Theme.iconSmall
            text: qsTr("Reply")
            onClicked: root.actions.commands.reply(root.row.messageId)
        }
        IconButton {
            visible: root.rights.edit ?? false
            activeFocusOnTab: false
            iconName: "pencil"
            iconSize: Theme.iconSmall
            text: qsTr("Edit")
            onClicked: root.actions.commands.edit(root.row.messageId)
        }
        IconButton {
            activeFocusOnTab: false
            iconName: "ellipsis"
            iconSize: Theme.iconSmall
            text: qsTr("More")
            onClicked: root.actions.menuRequested(root.row.index, this, 0, height)
        }
    }
}
