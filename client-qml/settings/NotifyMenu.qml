pragma ComponentBehavior: Bound

import QtQuick
import QtQml.Models
import Guildhall.Settings
import Guildhall.Ui

// What a guild or channel notifies of, and for how long it is silent.
Menu {
    id: root

    required property NotifySettings list
    required property string place
    property var rule: ({})

    heading: qsTr("Notifications")
    onAboutToShow: rule = list.rule(place)

    MenuEntry {
        text: qsTr("Unmute (muted %1)").arg(root.rule.muted ?? "")
        iconName: "bell"
        visible: (root.rule.muted ?? "") !== ""
        height: visible ? implicitHeight : 0
        onTriggered: root.list.mute(root.place, 0)
    }
    MenuLine {
    }
    // Above the line and below it.
    Instantiator {
        model: root.list.levels

        delegate: MenuEntry {
            required property string key
            required property string name

            text: name
            checkable: true
            checked: (root.rule.level ?? "") === key
            onTriggered: root.list.setLevel(root.place, key)
        }
        onObjectAdded: (index, object) => root.insertItem(index + 1, object as MenuEntry)
        onObjectRemoved: (index, object) => root.removeItem(object as MenuEntry)
    }
    Instantiator {
        model: root.list.mutes

        delegate: MenuEntry {
            required property string key
            required property string name

            text: qsTr("Mute: %1").arg(name)
            iconName: "bell-off"
            onTriggered: root.list.mute(root.place, Number(key))
        }
        onObjectAdded: (index, object) => root.addItem(object as MenuEntry)
        onObjectRemoved: (index, object) => root.removeItem(object as MenuEntry)
    }
}
