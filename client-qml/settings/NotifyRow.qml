import QtQuick
import Guildhall.Settings
import Guildhall.Ui

// What one guild or channel notifies of, and whether it is muted.
Item {
    id: root

    required property NotifySettings list
    required property string key
    required property string name
    required property string level
    required property string muted
    required property string glyph
    property bool opens: false

    signal opened

    readonly property bool narrow: width < 520

    implicitHeight: narrow ? place.height + controls.height + Theme.spaceS : Math.max(place.height, controls.height)

    ListRow {
        id: place
        anchors.left: parent.left
        width: root.narrow ? parent.width : parent.width - controls.width
        title: root.name
        subtitle: root.muted === "" ? "" : qsTr("Muted %1").arg(root.muted)
        iconName: root.glyph
        chevron: root.opens
        onClicked: if (root.opens)
            root.opened()
    }
    Row {
        id: controls
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        spacing: Theme.spaceXs

        PickField {
            width: 180
            accessibleName: qsTr("Notifications of %1").arg(root.name)
            rows: root.list.levels
            value: root.level
            onChosen: key => root.list.setLevel(root.key, key)
        }
        IconButton {
            id: bell
            anchors.verticalCenter: parent.verticalCenter
            iconName: root.muted === "" ? "bell" : "bell-off"
            text: root.muted === "" ? qsTr("Mute %1").arg(root.name) : qsTr("Unmute %1").arg(root.name)
            onClicked: root.muted === "" ? mutes.openBelow(bell) : root.list.mute(root.key, 0)
        }
    }
    NotifyMenu {
        id: mutes
        list: root.list
        place: root.key
    }
}
