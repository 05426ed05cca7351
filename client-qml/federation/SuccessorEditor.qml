pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Federation
import Guildhall.Ui

// The owner's decision: which nodes may take the guild over when its home is gone.
Column {
    id: root

    required property HostStatus host

    function names(): list<string> {
        return field.text.split(/[\s,]+/).filter(name => name !== "");
    }

    spacing: Theme.spaceM

    TextInputField {
        id: field
        width: parent.width
        label: qsTr("Nodes that may take over")
        hint: qsTr("Their names, with commas between. Each keeps a full copy.")
        text: root.host.successors.map(one => one.name).join(", ")
        error: root.host.error
    }
    Flow {
        readonly property real cell: width < 420 ? width : (width - Theme.spaceM) / 2

        width: parent.width
        spacing: Theme.spaceM

        TextInputField {
            id: votes
            width: parent.cell
            label: qsTr("How many must agree")
            text: Math.max(1, root.host.votes)
            validator: IntValidator {
                bottom: 1
                top: 64
            }
        }
        TextInputField {
            id: delay
            width: parent.cell
            label: qsTr("After how many hours")
            text: root.host.delayHours
            hint: qsTr("That is: %1.").arg(root.host.hoursText(Number(text)))
            validator: IntValidator {
                bottom: 0
                top: 8760
            }
        }
    }
    GButton {
        kind: GButton.Primary
        text: qsTr("Save")
        busy: root.host.busy
        onClicked: root.host.decide(root.names(), Number(votes.text), Number(delay.text))
    }
}
