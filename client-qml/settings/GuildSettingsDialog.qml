import QtQuick
import Guildhall.Core

// GuildSettingsContent as a dialog.
ContentPopup {
    id: root

    required property Account account
    required property string guildId
    property string section: ""
    property var extraSections: []

    title: qsTr("Guild settings")
    large: true
    body: GuildSettingsContent {
        account: root.account
        guildId: root.guildId
        section: root.section
        extraSections: root.extraSections
        onClosed: root.close()
    }
}
