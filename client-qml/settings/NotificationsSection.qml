pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// What notifies: on this device, then by guild, then by channel.
SectionPage {
    id: root

    required property Account account
    property string guildId: ""

    readonly property var levels: ["all", "mentions", "none"]

    title: qsTr("Notifications")
    view: notify

    NotifySettings {
        id: notify
        account: root.account
        guildId: root.guildId
    }
    SelectBox {
        width: parent.width
        label: qsTr("Where nothing else is chosen")
        model: [qsTr("All messages"), qsTr("Only mentions"), qsTr("Nothing")]
        currentIndex: root.levels.indexOf(Preferences.notify)
        onActivated: index => Preferences.notify = root.levels[index]
    }
    Toggle {
        width: parent.width
        text: qsTr("With a sound")
        checked: Preferences.notifySound
        onToggled: Preferences.notifySound = checked
    }
    GButton {
        anchors.left: parent.left
        visible: root.guildId !== ""
        iconName: LayoutMirroring.enabled ? "arrow-right" : "arrow-left"
        text: qsTr("All guilds")
        onClicked: root.guildId = ""
    }
    SectionHeader {
        width: parent.width
        text: root.guildId === "" ? qsTr("By guild") : qsTr("By channel")
    }
    Repeater {
        model: notify.rows

        NotifyRow {
            width: parent?.width ?? 0
            list: notify
            opens: root.guildId === ""
            onOpened: root.guildId = key
        }
    }
    EmptyState {
        width: parent.width
        visible: notify.rows.count === 0
        iconName: "bell"
        title: qsTr("There is nothing to choose for yet")
    }
}
