import QtQuick
import Guildhall.Ui

// A field of a slash command that takes a file.
FocusScope {
    id: root

    property string label: ""
    property string hint: ""
    property string error: ""
    property string name: ""
    property bool needed: false

    signal requested
    signal removed

    implicitHeight: frame.implicitHeight

    FieldFrame {
        id: frame
        width: parent.width
        label: root.label
        required: root.needed
        hint: root.hint
        error: root.error

        GButton {
            id: choose
            anchors.left: parent.left
            anchors.right: clear.left
            height: parent.height
            focus: true
            iconName: "file"
            text: root.name === "" ? qsTr("Choose a file") : root.name
            Accessible.name: qsTr("%1: %2").arg(root.label).arg(text)
            Accessible.description: root.error !== "" ? root.error : root.hint
            onClicked: root.requested()
        }
        IconButton {
            id: clear
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            visible: root.name !== ""
            width: visible ? implicitWidth : 0
            iconName: "x"
            iconSize: Theme.iconSmall
            text: qsTr("Remove %1").arg(root.name)
            onClicked: root.removed()
        }
    }
}
