pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// The guild as somebody sees it who has only one role: which channels, and what is allowed there.
SectionPage {
    id: root

    required property Account account
    required property string guildId

    title: qsTr("View as role")
    text: qsTr("What somebody sees and may do who has only this role. Choose a channel for what is allowed there.")
    view: access

    AccessView {
        id: access
        account: root.account
        guildId: root.guildId
        roleId: root.guildId
    }
    PickField {
        width: parent.width
        label: qsTr("Role")
        rows: access.roles
        value: access.roleId
        onChosen: key => access.roleId = key
    }
    SectionHeader {
        width: parent.width
        text: qsTr("Channels")
    }
    Column {
        width: parent.width

        Repeater {
            model: access.channels

            ListRow {
                id: row

                required property string key
                required property string name
                required property string glyph
                required property bool isCategory
                required property bool inCategory
                required property bool canSee
                required property string why

                width: parent?.width ?? 0
                leftPadding: inCategory && !LayoutMirroring.enabled ? Theme.spaceXl + Theme.spaceM : Theme.spaceM
                rightPadding: inCategory && LayoutMirroring.enabled ? Theme.spaceXl + Theme.spaceM : Theme.spaceM
                title: name
                subtitle: canSee ? "" : why
                iconName: glyph
                selected: access.channelId === key
                onClicked: access.channelId = selected ? "" : key
                trailing: Pill {
                    text: row.canSee ? qsTr("Visible") : qsTr("Hidden")
                    tone: row.canSee ? Pill.Positive : Pill.Neutral
                }
            }
        }
    }
    SectionHeader {
        width: parent.width
        text: qsTr("%1 in %2").arg(access.who).arg(access.where)
    }
    AccessRows {
        width: parent.width
        view: access
    }
}
