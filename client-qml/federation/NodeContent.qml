pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Core
import Guildhall.Federation
import Guildhall.Ui

// One's home node: who it is, and with which other nodes it works.
ScrollArea {
    id: root

    required property Account account

    signal closed

    contentHeight: column.height + 2 * Theme.spaceL
    clip: true

    NodeFacts {
        id: facts
        account: root.account
    }
    Clipboard {
        id: clipboard
    }
    Column {
        id: column
        x: Theme.spaceL
        y: Theme.spaceL
        width: root.width - 2 * Theme.spaceL
        spacing: Theme.spaceM

        GText {
            width: parent.width
            muted: true
            wrapMode: Text.Wrap
            text: qsTr("Your account lives here: your node keeps your messages and speaks for you with every other node.")
        }
        Banner {
            width: parent.width
            visible: facts.error !== "" || facts.changedKey
            height: visible ? implicitHeight : 0
            tone: facts.changedKey ? Banner.Danger : Banner.Warning
            text: facts.changedKey ? qsTr("This node's fingerprint is not the one of the node where you logged in. Ask whoever runs it.") : facts.error
        }
        ListRow {
            width: parent.width
            iconName: "server"
            wraps: true
            title: facts.name
            subtitle: root.account.nodeUrl + (facts.version === "" ? "" : qsTr(", version %1").arg(facts.version))
        }
        ListRow {
            width: parent.width
            iconName: "fingerprint"
            wraps: true
            title: qsTr("Fingerprint")
            subtitle: facts.fingerprint
            trailing: [
                IconButton {
                    iconName: "copy"
                    text: qsTr("Copy the fingerprint")
                    onClicked: clipboard.copy(facts.fingerprint.replace(/ /g, ""))
                }
            ]
        }
        ListRow {
            width: parent.width
            visible: facts.registration !== ""
            iconName: "user-plus"
            wraps: true
            title: facts.registration
        }
        SectionHeader {
            width: parent.width
            text: qsTr("Nodes it works with")
        }
        GText {
            width: parent.width
            muted: true
            wrapMode: Text.Wrap
            text: !facts.federated && !facts.loading ? qsTr("This node works alone.") : facts.count === 0 ? qsTr("None yet. Accept an invite such as CODE@another.node, or give one.") : qsTr("“Verified” means: that the name belongs to the node was proved. Messages are checked in any case.")
        }
        Repeater {
            model: facts

            NodeRow {
                required property int guilds

                width: column.width
                held: guilds > 0 ? qsTr("in %n of your guilds", "", guilds) : ""
            }
        }
        GButton {
            kind: GButton.Ghost
            iconName: "refresh-cw"
            text: qsTr("Ask again")
            busy: facts.loading
            onClicked: facts.refresh()
        }
    }
}
