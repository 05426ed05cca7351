pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Federation
import Guildhall.Ui

// The owner's decision: which nodes may take the guild over when its home is gone.
Column {
    id: root

    required property HostStatus host

    readonly property var names: Array.from(new Set(field.text.split(/[\s,;،]+/).filter(name => name !== "")))
    readonly property bool some: names.length > 0
    readonly property int usualHours: 48 // long enough for a repair, short enough for the members
    readonly property string told: host.successors.map(one => one.name).join(", ")
    readonly property bool dirty: field.text !== told || some && (Number(votes.text) !== host.votes || Number(delay.text) !== host.delayHours)
    readonly property string namesWrong: names.length > 16 ? qsTr("At most 16 nodes.") : ""
    readonly property string votesWrong: Number(votes.text) >= 1 && Number(votes.text) <= names.length ? "" : qsTr("From 1 to %1: as many as there are nodes above.").arg(names.length)
    readonly property string delayWrong: Number(delay.text) >= 1 && Number(delay.text) <= 8760 ? "" : qsTr("From 1 hour to 8760, which is a year. A node that is only being restarted must not lose its guilds.")

    readonly property bool ready: dirty && !host.busy && (some ? namesWrong + votesWrong + delayWrong === "" : told !== "")

    function save(): void {
        if (ready && some)
            host.decide(names, Number(votes.text), Number(delay.text));
        else if (ready)
            sure.ask(qsTr("Remove every node that may take over?"), qsTr("When the home of this guild is gone for good, nobody takes the guild over and it is lost. Each node listed now stops keeping a full copy for that."), qsTr("Remove all"), () => host.decide([], 0, 0));
    }

    spacing: Theme.spaceM

    TextInputField {
        id: field
        width: parent.width
        label: qsTr("Nodes that may take over")
        hint: qsTr("Their names, with commas between. Each keeps a full copy.")
        text: root.told
        error: root.namesWrong !== "" ? root.namesWrong : root.host.error
        onAccepted: root.save()
    }
    Flow {
        readonly property real cell: width < 420 * Theme.fontScale ? width : (width - Theme.spaceM) / 2

        width: parent.width
        spacing: Theme.spaceM
        visible: root.some

        TextInputField {
            id: votes
            width: parent.cell
            label: qsTr("How many must agree")
            text: Math.max(1, root.host.votes)
            hint: qsTr("More than half is safest.")
            error: root.votesWrong
            inputMethodHints: Qt.ImhDigitsOnly
            onAccepted: root.save()
        }
        TextInputField {
            id: delay
            width: parent.cell
            label: qsTr("After how many hours")
            text: root.host.successors.length > 0 ? root.host.delayHours : root.usualHours
            hint: qsTr("That is: %1.").arg(root.host.hoursText(Number(text)))
            error: root.delayWrong
            inputMethodHints: Qt.ImhDigitsOnly
            onAccepted: root.save()
        }
    }
    GButton {
        kind: GButton.Primary
        text: qsTr("Save")
        busy: root.host.busy
        enabled: root.ready
        onClicked: root.save()
    }
    ConfirmDialog {
        id: sure
    }
}
