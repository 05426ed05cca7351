pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// The channels in their order: made, moved, opened.
SectionPage {
    id: root

    required property Account account
    required property string guildId

    signal opened(string channelId)

    title: qsTr("Channels")
    text: qsTr("Drag a channel by its grip, or press Alt with up or down.")
    form: list

    ChannelList {
        id: list
        account: root.account
        guildId: root.guildId
        onCreated: channelId => root.opened(channelId)
    }
    GButton {
        anchors.left: parent.left
        iconName: "plus"
        text: qsTr("Create channel")
        enabled: list.editable
        onClicked: creating.open()
    }
    Column {
        id: column
        width: parent.width
        Accessible.role: Accessible.List
        Accessible.name: root.title

        Repeater {
            model: list.rows

            ReorderRow {
                required property string key
                required property string name
                required property bool isCategory
                required property string parentId
                required property string glyph
                required property int index

                title: name
                iconName: glyph
                indent: parentId !== "" ? Theme.spaceXl : 0
                movable: list.editable
                chevron: true
                onClicked: root.opened(key)
                onStepped: step => list.step(key, step)
                onDropped: rows => list.moveTo(key, index + rows)
            }
        }
    }
    EmptyState {
        width: parent.width
        visible: list.rows.count === 0
        iconName: "hash"
        title: qsTr("No channels yet")
    }
    ChannelCreateDialog {
        id: creating
        account: root.account
        guildId: root.guildId
        onCreated: channelId => root.opened(channelId)
    }
}
