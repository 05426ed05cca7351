pragma ComponentBehavior: Bound

import QtQuick
import QtQml.Models
import Guildhall.Core
import Guildhall.Ui

// Status, one's node, and the other accounts of this device.
Menu {
    id: root

    required property Account account
    required property var statusNames

    signal statusTextRequested
    signal settingsRequested
    signal nodeRequested
    signal loginRequested
    signal addAccountRequested
    signal nameCopied

    heading: root.account.displayName

    MenuEntry {
        text: root.statusNames.online
        checkable: true
        checked: root.account.status === "online"
        onTriggered: root.account.status = "online"
    }
    MenuEntry {
        text: root.statusNames.idle
        checkable: true
        checked: root.account.status === "idle"
        onTriggered: root.account.status = "idle"
    }
    MenuEntry {
        text: root.statusNames.dnd
        checkable: true
        checked: root.account.status === "dnd"
        onTriggered: root.account.status = "dnd"
    }
    MenuEntry {
        text: root.statusNames.invisible
        checkable: true
        checked: root.account.status === "invisible"
        onTriggered: root.account.status = "invisible"
    }
    MenuEntry {
        text: qsTr("Set a status text")
        iconName: "smile"
        onTriggered: root.statusTextRequested()
    }
    MenuEntry {
        text: qsTr("Settings")
        iconName: "settings"
        shortcutText: "Ctrl+,"
        onTriggered: root.settingsRequested()
    }
    MenuLine {
    }
    MenuEntry {
        text: qsTr("My node: %1").arg(root.account.nodeName)
        iconName: "server"
        onTriggered: root.nodeRequested()
    }
    MenuEntry {
        text: qsTr("Copy my name")
        iconName: "copy"
        onTriggered: root.nameCopied()
    }
    MenuLine {
    }
    // Above the last entry. A menu takes no Repeater.
    Instantiator {
        model: Accounts

        delegate: MenuEntry {
            required property string key
            required property string name
            required property string node
            required property int mentions
            required property bool ended

            text: (ended ? qsTr("%1 at %2: log in again") : qsTr("%1 at %2")).arg(name).arg(node) + (mentions > 0 ? ", " + qsTr("%n mention(s)", "", mentions) : "")
            checkable: true
            checked: key === root.account.key
            onTriggered: {
                Accounts.select(key);
                if (ended)
                    root.loginRequested();
            }
        }
        onObjectAdded: (index, object) => root.insertItem(root.count - 1, object as MenuEntry)
        onObjectRemoved: (index, object) => root.removeItem(object as MenuEntry)
    }
    MenuEntry {
        text: qsTr("Add an account")
        iconName: "plus"
        onTriggered: root.addAccountRequested()
    }
}
