import QtQuick
import Guildhall.Core
import Guildhall.Federation
import Guildhall.Ui

// Where a guild lives, who takes over when that node is gone, and how far its history was checked.
ScrollArea {
    id: root

    required property Account account
    required property string guildId

    signal closed

    readonly property HostStatus living: host // under a name that an editor's own property does not hide

    contentHeight: column.height + 2 * Theme.spaceL
    clip: true

    HostStatus {
        id: host
        account: root.account
        guildId: root.guildId
        onNoticed: text => done.text = text
    }
    Column {
        id: column
        x: Theme.spaceL
        y: Theme.spaceL
        width: root.width - 2 * Theme.spaceL
        spacing: Theme.spaceM

        GText {
            width: parent.width
            visible: !host.known
            muted: true
            wrapMode: Text.Wrap
            text: qsTr("Your node cannot say at the moment where this guild lives.")
        }
        Banner {
            width: parent.width
            visible: host.note !== ""
            height: visible ? implicitHeight : 0
            tone: host.frozen ? Banner.Danger : Banner.Warning
            text: host.note
        }
        SectionHeader {
            width: parent.width
            visible: host.known
            text: qsTr("Home of this guild")
        }
        NodeRow {
            width: parent.width
            visible: host.known
            name: host.hostName
            reach: host.reach
            reachable: host.own || !host.readOnly
            verified: host.hostVerified
        }
        GText {
            width: parent.width
            visible: host.known
            muted: true
            wrapMode: Text.Wrap
            text: host.own ? qsTr("This guild lives on your own node. People of other nodes reach it from theirs.") : qsTr("This guild lives on another node. Your node keeps a copy and checks everything that it is told; while that node is away you can read, and what you write waits.")
        }
        SectionHeader {
            width: parent.width
            visible: host.known
            text: qsTr("History")
        }
        ListRow {
            width: parent.width
            visible: host.known
            wraps: true
            iconName: host.frozen ? "shield-alert" : "shield-check"
            title: host.history
            subtitle: host.frozenText
            danger: host.frozen
        }
        SectionHeader {
            width: parent.width
            visible: host.known
            text: qsTr("If its home is gone for good")
        }
        GText {
            width: parent.width
            visible: host.known
            muted: true
            wrapMode: Text.Wrap
            text: host.successors.length === 0 ? qsTr("Nobody may take this guild over: it would end with its home.") : (host.votes === 1 ? qsTr("One of these nodes may take the guild over once its home was away for %1. Its members follow by themselves.") : qsTr("%n of these nodes must agree to take the guild over once its home was away for %1. Its members follow by themselves.", "", host.votes)).arg(host.delayText)
        }
        Repeater {
            model: host.successors

            NodeRow {
                required property var modelData

                width: column.width
                name: modelData.name
                reach: modelData.reach
                reachable: modelData.reachable
                verified: modelData.verified
                held: modelData.held
            }
        }
        Loader {
            width: parent.width
            active: host.known && host.owner && host.own
            sourceComponent: SuccessorEditor {
                host: root.living
            }
        }
        SectionHeader {
            width: parent.width
            visible: host.owner && host.own && host.successors.length > 0
            text: qsTr("Move it now")
        }
        Repeater {
            model: host.owner && host.own ? host.successors : []

            GButton {
                required property var modelData

                width: Math.min(implicitWidth, column.width)
                text: qsTr("Hand over to %1").arg(modelData.name)
                onClicked: sure.ask(modelData)
            }
        }
        GButton {
            visible: host.owner && host.own && host.successors.length > 0
            width: Math.min(implicitWidth, column.width)
            kind: GButton.Ghost
            text: qsTr("Take a planned move back")
            onClicked: host.takeBack()
        }
        NodeBansSection {
            width: parent.width
            account: root.account
            guildId: root.guildId
        }
        GText {
            id: done
            width: parent.width
            visible: text !== ""
            color: Theme.positive
            wrapMode: Text.Wrap
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }
    }
    ModalDialog {
        id: sure

        property var node: null

        function ask(node: var): void {
            sure.node = node;
            sure.open();
        }

        title: qsTr("Hand the guild over to %1?").arg(node?.name ?? "")
        text: qsTr("From then on that node decides what is kept, and its operator could end the guild. Members notice nothing.")
        acceptText: qsTr("Hand over")
        danger: true
        onAccepted: host.handOver(node.uid)
    }
}
