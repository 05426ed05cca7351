import QtQuick
import Guildhall.Ui

// The viewer's buttons, on black in every theme.
Item {
    id: root

    required property string title
    required property bool hasPrevious
    required property bool hasNext
    required property bool single
    required property bool moves
    required property bool playing
    required property bool covered

    signal stepped(int by)
    signal magnified(real factor)
    signal playToggled
    signal saved
    signal copied
    signal linkCopied
    signal opened
    signal closed

    readonly property var entries: [["chevron-left", qsTr("Previous picture"), () => stepped(-1), !single, hasPrevious], ["chevron-right", qsTr("Next picture"), () => stepped(1), !single, hasNext], [playing ? "pause" : "play", playing ? qsTr("Pause") : qsTr("Play"), () => playToggled(), moves, true], ["zoom-out", qsTr("Smaller"), () => magnified(0.8), true, !covered], ["zoom-in", qsTr("Larger"), () => magnified(1.25), true, !covered], ["copy", qsTr("Copy picture"), () => copied(), true, !covered], ["link", qsTr("Copy link"), () => linkCopied(), true, true], ["download", qsTr("Save as…"), () => saved(), true, true], ["external-link", qsTr("Open in the browser"), () => opened(), !Theme.isPhone, true], ["x", qsTr("Close"), () => closed(), true, true]]

    GText {
        anchors.left: parent.left
        anchors.right: buttons.left
        anchors.margins: Theme.spaceM
        anchors.verticalCenter: parent.verticalCenter
        visible: width > 60
        text: root.title
        color: "#ffffff"
        Accessible.ignored: true
    }
    Row {
        id: buttons
        anchors.right: parent.right
        anchors.rightMargin: Theme.spaceS
        anchors.verticalCenter: parent.verticalCenter

        Repeater {
            model: root.entries.length

            IconButton {
                id: button
                required property int index
                readonly property var entry: root.entries[index]
                iconName: entry[0]
                text: entry[1]
                visible: entry[3]
                enabled: entry[4]
                iconColor: "#ffffff"
                onClicked: entry[2]()
            }
        }
    }
}
