pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Core
import Guildhall.Federation
import Guildhall.Ui

// The nodes of which this guild wants nothing; shown to who may ban, where the node can do it.
Column {
    id: root

    required property Account account
    required property string guildId

    visible: bans.available
    spacing: Theme.spaceM

    NodeBans {
        id: bans
        account: root.account
        guildId: root.guildId
    }
    SectionHeader {
        width: parent.width
        text: qsTr("Nodes that are kept out")
    }
    GText {
        width: parent.width
        muted: true
        wrapMode: Text.Wrap
        text: bans.count === 0 ? qsTr("None. A node that is kept out takes all of its members with it, and gets nothing more of this guild.") : qsTr("Their members are gone, and they get nothing more of this guild.")
    }
    Repeater {
        model: bans

        ListRow {
            id: row

            required property string name
            required property string uid

            width: root.width
            iconName: "shield-off"
            title: name
            subtitle: uid.slice(0, 16)
            trailing: [
                GButton {
                    small: true
                    text: qsTr("Let in again")
                    Accessible.name: qsTr("Let %1 in again").arg(row.name)
                    onClicked: bans.lift(row.uid)
                }
            ]
        }
    }
    TextInputField {
        id: field
        width: parent.width
        label: qsTr("Keep a node out")
        hint: qsTr("Its name, such as other.example, or its fingerprint.")
        error: bans.error
        maximumLength: 253
        onAccepted: sure.open()
    }
    GButton {
        kind: GButton.Danger
        text: qsTr("Keep out")
        enabled: field.text.trim() !== ""
        busy: bans.busy
        onClicked: sure.open()
    }
    ModalDialog {
        id: sure
        title: qsTr("Keep %1 out?").arg(field.text.trim())
        text: qsTr("All of its members leave this guild at once. They may come back by an invite when it is let in again.")
        acceptText: qsTr("Keep out")
        danger: true
        onAccepted: {
            bans.ban(field.text);
            field.text = "";
        }
    }
}
