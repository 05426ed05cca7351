pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T

// Tabs; the left and right keys go from one to the next. They move together where there is little
// room, and those that do not fit even so are scrolled to.
FocusScope {
    id: root

    property alias model: repeater.model // texts
    property int currentIndex: 0
    property bool fill: Theme.isPhone // the tabs share the width, if they fit
    property real widest: 0
    readonly property real words: {
        let sum = 0; // the width of all texts
        for (let i = 0; i < repeater.count; ++i)
            sum += (repeater.itemAt(i) as T.AbstractButton)?.implicitContentWidth ?? 0;
        return sum;
    }

    readonly property real gap: Math.max(Theme.spaceXs, Math.min(Theme.spaceM, (width - words - row.spacing * (repeater.count - 1)) / (2 * Math.max(1, repeater.count))))
    readonly property bool shared: fill && widest * repeater.count <= width

    property var fields: [] // of each tab, what one types into first; a press goes there

    signal activated(int index)

    function enter() {
        (fields[currentIndex] as Item)?.forceActiveFocus(Qt.TabFocusReason);
    }

    function choose(index: int) {
        if (index < 0 || index >= repeater.count)
            return;
        currentIndex = index;
        repeater.itemAt(index).forceActiveFocus(Qt.TabFocusReason);
        activated(index);
    }

    function reveal() {
        const tab = repeater.itemAt(currentIndex);
        if (tab)
            strip.contentX = Math.max(0, Math.min(tab.x + (tab.width - width) / 2, strip.contentWidth - width));
    }

    onCurrentIndexChanged: reveal()
    onWidthChanged: reveal()
    implicitWidth: row.implicitWidth
    implicitHeight: Theme.controlHeight + Theme.spaceXs
    Accessible.role: Accessible.PageTabList
    Accessible.name: repeater.count > 0 ? (repeater.itemAt(currentIndex) as T.AbstractButton)?.text ?? "" : ""
    Keys.onLeftPressed: choose(currentIndex + (row.mirrored ? 1 : -1))
    Keys.onRightPressed: choose(currentIndex + (row.mirrored ? -1 : 1))

    Divider {
        anchors.bottom: parent.bottom
        width: parent.width
    }
    Flickable {
        id: strip
        anchors.fill: parent
        contentWidth: row.width
        interactive: contentWidth > width
        clip: interactive
        boundsBehavior: Flickable.StopAtBounds
        onContentWidthChanged: root.reveal()

        Row {
            id: row

            readonly property bool mirrored: LayoutMirroring.enabled

            spacing: root.shared ? 0 : Theme.spaceXs

            Repeater {
                id: repeater

                T.AbstractButton {
                    id: tab

                    required property string modelData
                    required property int index
                    readonly property bool current: root.currentIndex === index

                    readonly property real least: label.implicitWidth + Theme.spaceS

                    text: modelData
                    width: root.shared ? root.width / repeater.count : label.implicitWidth + 2 * root.gap
                    onLeastChanged: root.widest = Math.max(root.widest, least)
                    height: root.height
                    focus: current
                    activeFocusOnTab: current
                    focusPolicy: Qt.StrongFocus
                    hoverEnabled: true
                    onClicked: {
                        root.choose(index);
                        root.enter();
                    }
                    Accessible.role: Accessible.PageTab
                    Accessible.onPressAction: clicked()
                    Accessible.name: text
                    Accessible.selected: current
                    Keys.onReturnPressed: clicked()

                    contentItem: Item {
                        implicitWidth: label.implicitWidth

                        GText {
                            id: label
                            anchors.centerIn: parent
                            width: Math.min(implicitWidth, parent.width)
                            text: tab.text
                            font.pixelSize: Theme.fontControl
                            font.weight: Font.DemiBold
                            color: tab.current ? Theme.accentText : tab.hovered ? Theme.text : Theme.muted
                            Accessible.ignored: true
                        }
                    }
                    background: Item {
                        Rectangle {
                            anchors.bottom: parent.bottom
                            width: parent.width
                            height: 3
                            radius: 1
                            visible: tab.current || tab.hovered
                            color: tab.current ? Theme.accentText : Theme.divider
                        }
                        KeyboardFocusRing {
                            active: tab.visualFocus
                            gap: -2
                        }
                    }
                }
            }
        }
    }
}
