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
    title: name
    subtitle: held === "" ? reach : qsTr("%1, %2").arg(reach).arg(held)
    trailing: [
        Pill {
            text: root.verified ? qsTr("Verified") : qsTr("Name not proved")
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
