pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Settings
import Guildhall.Ui

// What this program is, and what it is made of.
SectionPage {
    id: root

    title: qsTr("About")

    DeviceInfo {
        id: device
    }
    GText {
        width: parent.width
        text: qsTr("Guildhall %1, with Qt %2").arg(device.version).arg(device.qtVersion)
        wrapMode: Text.Wrap
    }
    SectionHeader {
        width: parent.width
        text: qsTr("Made with")
    }
    Repeater {
        model: device.parts

        ListRow {
            required property string name
            required property string licence
            required property string address

            width: parent?.width ?? 0
            title: name
            subtitle: address === "" ? licence : qsTr("%1 · %2").arg(licence).arg(address)
        }
    }
}
