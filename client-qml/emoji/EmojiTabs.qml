pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Ui

// The groups of emoji, a picture each so that all fit; the left and right keys go from one to the next.
FocusScope {
    id: root

    required property list<string> groups
    required property string group

    readonly property real cell: width / Math.max(1, groups.length)
    readonly property var known: ({
            "recent": ["clock", qsTr("Used last")],
            "guild": ["server", qsTr("Of this guild")],
            "smileys": ["smile", qsTr("Smileys and emotion")],
            "people": ["user", qsTr("People and body")],
            "nature": ["cat", qsTr("Animals and nature")],
            "food": ["utensils", qsTr("Food and drink")],
            "travel": ["car", qsTr("Travel and places")],
            "activities": ["trophy", qsTr("Activities")],
            "objects": ["lightbulb", qsTr("Objects")],
            "symbols": ["shapes", qsTr("Symbols")],
            "flags": ["flag", qsTr("Flags")]
        })

    signal chosen(string group)

    function step(by: int) {
        const at = groups.indexOf(group) + (row.mirrored ? -by : by);
        if (at < 0 || at >= groups.length)
            return;
        chosen(groups[at]);
        tabs.itemAt(at).forceActiveFocus(Qt.TabFocusReason);
    }

    implicitHeight: Theme.smallControlHeight
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Groups of emoji")
    Keys.onLeftPressed: step(-1)
    Keys.onRightPressed: step(1)

    Row {
        id: row

        readonly property bool mirrored: LayoutMirroring.enabled

        width: parent.width

        Repeater {
            id: tabs
            model: root.groups

            IconButton {
                required property string modelData
                readonly property bool current: modelData === root.group
                readonly property list<string> known: root.known[modelData] ?? ["shapes", modelData]

                width: root.cell
                height: root.height
                iconSize: Math.min(Theme.iconMedium, root.cell - Theme.spaceXs)
                iconName: known[0]
                text: known[1]
                iconColor: current ? Theme.accentText : hovered ? Theme.text : Theme.muted
                focus: current
                focusPolicy: current ? Qt.StrongFocus : Qt.ClickFocus
                activeFocusOnTab: current
                onClicked: root.chosen(modelData)
                Accessible.role: Accessible.PageTab
                Accessible.selected: current

                Rectangle {
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: 3
                    radius: 1
                    visible: parent.current
                    color: Theme.accentText
                }
            }
        }
    }
}
