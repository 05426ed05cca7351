import QtQuick

// Presence as a shape as well as a colour: full, crescent, bar, ring.
Rectangle {
    id: root

    property string status: "offline" // "online", "idle", "dnd"; anything else is offline
    property real size: 12
    property color ground: Theme.surface // what lies behind, for the holes

    readonly property string label: status === "online" ? qsTr("Online") : status === "idle" ? qsTr("Away") : status === "dnd" ? qsTr("Do not disturb") : qsTr("Offline")
    readonly property bool hollow: status !== "online" && status !== "idle" && status !== "dnd"

    width: size
    height: size
    radius: size / 2
    color: status === "online" ? Theme.online : status === "idle" ? Theme.idle : status === "dnd" ? Theme.dnd : Theme.offline
    Accessible.role: Accessible.Indicator
    Accessible.name: label

    Rectangle {
        visible: root.status === "idle"
        x: -root.size * 0.1
        y: -root.size * 0.1
        width: root.size * 0.65
        height: width
        radius: width / 2
        color: root.ground
    }
    Rectangle {
        visible: root.status === "dnd"
        anchors.centerIn: parent
        width: root.size * 0.6
        height: root.size * 0.22
        radius: height / 2
        color: root.ground
    }
    Rectangle {
        visible: root.hollow
        anchors.centerIn: parent
        width: root.size * 0.5
        height: width
        radius: width / 2
        color: root.ground
    }
}
