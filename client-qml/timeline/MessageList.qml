pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Timeline
import Guildhall.Ui
import QtQuick.Templates as T

// The rows, newest below. Where the reader is stays where it is while rows come and go; at the
// lower end it goes along with what is new. With the keyboard, one row is the current one.
ListView {
    id: root

    required property MessageActions actions
    required property TimelineModel timeline
    property string flashed: "" // the message that a jump went to
    property string held: ""
    property real heldAt: 0

    signal exited(string typed)

    function report() {
        if (count === 0)
            return;
        timeline.following = timeline.atPresent && below < 24;
        const last = indexAt(width / 2, contentY + height - 2);
        const first = indexAt(width / 2, contentY + 2);
        timeline.viewed(Math.max(0, last), first < 0 ? count - 1 : first);
    }
    // A banner came, or the field below grew: who reads the newest goes on reading it.
    function resized() {
        if (timeline.following)
            positionViewAtBeginning();
        Qt.callLater(report);
    }
    function show(row: int, highlight: bool) {
        positionViewAtIndex(row, ListView.Center);
        currentIndex = row;
        flashed = highlight ? timeline.keyOf(row) : "";
        report();
    }
    // What lies in the middle stays there, whatever comes or goes around it.
    function hold() {
        const middle = itemAt(width / 2, contentY + height / 2) as MessageRow;
        held = middle ? middle.messageId : "";
        heldAt = middle ? middle.mapToItem(root, 0, 0).y : 0;
    }
    function settle() {
        forceLayout();
        const item = held === "" ? null : itemAtIndex(timeline.rowOf(held));
        if (item)
            contentY += item.mapToItem(root, 0, 0).y - heldAt;
        held = "";
    }
    function go(step: int) {
        currentIndex = Math.max(0, Math.min(count - 1, currentIndex + step));
        positionViewAtIndex(currentIndex, ListView.Contain);
    }
    // Back from what a row opened.
    function enterAt(row: int) {
        currentIndex = row >= 0 ? row : currentIndex;
        enter();
    }
    function openMenu() {
        if (row && !row.isEdge)
            actions.menuRequested(currentIndex, row, Theme.spaceXxl, row.height);
    }
    function enter() {
        if (currentIndex < 0)
            currentIndex = 0;
        forceActiveFocus(Qt.TabFocusReason);
    }

    readonly property real below: originY + contentHeight - contentY - height // pixels
    readonly property MessageRow row: currentItem as MessageRow

    model: timeline
    verticalLayoutDirection: ListView.BottomToTop
    reuseItems: true
    cacheBuffer: 600
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    highlightFollowsCurrentItem: false
    keyNavigationEnabled: false
    currentIndex: -1
    activeFocusOnTab: true
    bottomMargin: Theme.spaceS
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Messages in %1").arg(timeline.channelName)

    onContentYChanged: Qt.callLater(report)
    onCountChanged: Qt.callLater(report)
    onHeightChanged: resized()
    onActiveFocusChanged: if (activeFocus && currentIndex < 0)
        currentIndex = 0

    delegate: MessageRow {
        actions: root.actions
        flashing: messageId !== "" && messageId === root.flashed
    }
    T.ScrollBar.vertical: ScrollBar {
    }

    Connections {
        target: root.timeline
        function onAdvanced() {
            root.positionViewAtBeginning();
        }
        function onLocated(row: int, highlight: bool) {
            root.show(row, highlight);
        }
        function onShifting() {
            root.hold();
        }
        function onShifted() {
            root.settle();
        }
        function onModelReset() {
            root.currentIndex = -1;
        }
    }
    Timer {
        running: root.flashed !== ""
        interval: 1600
        onTriggered: root.flashed = ""
    }

    Keys.onUpPressed: go(1)
    Keys.onDownPressed: currentIndex <= 0 ? exited("") : go(-1)
    Keys.onEscapePressed: exited("")
    Keys.onDeletePressed: event => actions.removeRequested(timeline.keyOf(currentIndex), !(event.modifiers & Qt.ShiftModifier))
    Keys.onReturnPressed: if (!timeline.activate(currentIndex))
        openMenu()
    Keys.onEnterPressed: if (!timeline.activate(currentIndex))
        openMenu()
    Keys.onMenuPressed: openMenu()
    Keys.onPressed: event => {
        if (row)
            event.accepted = keys.press(event.key, event.text, event.modifiers);
    }

    MessageKeys {
        id: keys
        actions: root.actions
        row: root.row
        page: Math.max(1, Math.floor(root.height / 80))
        count: root.count
        onStepped: step => root.go(step)
        onTyped: text => root.exited(text)
    }
}
