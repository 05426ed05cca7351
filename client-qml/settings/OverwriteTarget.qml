import QtQuick
import Guildhall.Ui

// A role or a member of whom a channel says something; Delete takes it off.
ListRow {
    id: root

    required property string name
    required property bool isMember
    required property bool isEveryone
    required property int color
    property bool removable: false

    signal removed

    width: Math.min(parent?.width ?? 0, 260)
    title: name
    subtitle: isMember ? qsTr("Member") : qsTr("Role")
    Keys.onDeletePressed: if (removable)
        removed()
    leading: RoleDot {
        anchors.verticalCenter: parent?.verticalCenter
        value: root.color
    }
    trailing: IconButton {
        visible: root.removable
        iconName: "x"
        iconSize: Theme.iconSmall
        text: qsTr("Remove %1").arg(root.name)
        onClicked: root.removed()
    }
}
