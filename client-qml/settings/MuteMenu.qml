pragma ComponentBehavior: Bound

import QtQuick
import QtQml.Models
import Guildhall.Settings
import Guildhall.Ui

// For how long to be silent about a guild or channel.
Menu {
    id: root

    required property NotifySettings list
    required property string place

    heading: qsTr("Mute for")

    Instantiator {
        model: root.list.mutes

        delegate: MenuEntry {
            required property string key
            required property string name

            text: name
            onTriggered: root.list.mute(root.place, Number(key))
        }
        onObjectAdded: (index, object) => root.insertItem(index, object as MenuEntry)
        onObjectRemoved: (index, object) => root.removeItem(object as MenuEntry)
    }
}
