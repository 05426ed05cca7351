import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// "Why can't I?" for the guild as a whole.
SectionPage {
    id: root

    required property Account account
    required property string guildId

    title: qsTr("Why can’t I?")
    text: qsTr("What you may do in this guild, and what decided that. A channel can say otherwise: open it in “View as role”, or ask in the channel's own menu.")
    view: access

    AccessView {
        id: access
        account: root.account
        guildId: root.guildId
    }
    SearchField {
        id: search
        width: parent.width
        placeholderText: qsTr("Search permissions")
    }
    AccessRows {
        width: parent.width
        view: access
        search: search.text
    }
}
