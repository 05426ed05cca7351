pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Ui

// A node in a list: its name, whether it can be reached, whether its name was proved.
ListRow {
    id: root

    required property string name
    required property string reach
    required property bool reachable
    required property bool verified
    property string held: ""

    iconName: "server"
    wraps: true
    title: name
    readonly property bool tight: width < 26 * Theme.fontControl
    readonly property string proof: verified ? qsTr("Verified") : qsTr("Name not proved")

    subtitle: [reach, held, tight ? proof : ""].filter(part => part !== "").join(qsTr(", "))
    trailing: [
        Pill {
            visible: !root.tight
            text: root.proof
            tone: root.verified ? Pill.Positive : Pill.Neutral
        },
        Icon {
            name: root.reachable ? "wifi" : "wifi-off"
            color: root.reachable ? Theme.positive : Theme.warning
            size: Theme.iconSmall
            anchors.verticalCenter: parent?.verticalCenter
        }
    ]
}
