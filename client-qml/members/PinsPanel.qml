pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Guildhall.Core
import Guildhall.Members
import Guildhall.Ui

// What is pinned in the open channel.
FocusScope {
    id: root

    required property Account account
    property string channelId: ""

    signal jumpRequested(string channel, string message)
    signal closed

    Keys.onEscapePressed: root.closed()

    PanelHeader {
        id: header
        width: parent.width
        text: qsTr("Pinned messages")
        onClosed: root.closed()
    }
    ListView {
        id: list
        anchors.fill: parent
        anchors.topMargin: header.height
        clip: true
        focus: true
        Accessible.role: Accessible.List
        keyNavigationEnabled: false
        highlightFollowsCurrentItem: false
        Keys.onUpPressed: go(currentIndex - 1)
        Keys.onDownPressed: go(currentIndex + 1)
        Keys.onPressed: event => {
            event.accepted = event.key === Qt.Key_Home || event.key === Qt.Key_End;
            if (event.accepted)
                go(event.key === Qt.Key_Home ? 0 : count - 1);
        }

        function go(row: int): void {
            if (row < 0 || row >= count)
                return;
            positionViewAtIndex(row, ListView.Contain);
            itemAtIndex(row).forceActiveFocus(Qt.TabFocusReason);
            currentIndex = row;
        }

        Accessible.name: header.text
        T.ScrollBar.vertical: ScrollBar {
        }
        model: PinsModel {
            id: pins
            account: root.account
            channelId: root.channelId
        }
        delegate: FoundRow {
            canUnpin: pins.canUnpin
            onClicked: root.jumpRequested(channel, id)
            onUnpinRequested: pins.unpin(id)
        }
    }
    EmptyState {
        anchors.centerIn: list
        width: list.width - 2 * Theme.spaceL
        visible: list.count === 0 && !pins.busy
        iconName: "pin"
        title: pins.error === "" ? qsTr("Nothing is pinned here") : pins.error
    }
    Spinner {
        anchors.centerIn: list
        visible: pins.busy && list.count === 0
    }
}
