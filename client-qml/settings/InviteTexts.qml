import QtQuick
import Guildhall.Ui

// An invite in its two shapes, each with a button that copies it.
Column {
    id: root

    property string link: ""
    property string remote: ""

    signal copied(string text)

    spacing: Theme.spaceS

    TextInputField {
        width: parent.width
        label: qsTr("For people of your node")
        readOnly: true
        text: root.link
        trailing: IconButton {
            iconName: "copy"
            text: qsTr("Copy link")
            onClicked: root.copied(root.link)
        }
    }
    TextInputField {
        width: parent.width
        label: qsTr("For people of any node")
        readOnly: true
        text: root.remote
        trailing: IconButton {
            iconName: "copy"
            text: qsTr("Copy invite")
            onClicked: root.copied(root.remote)
        }
    }
}
