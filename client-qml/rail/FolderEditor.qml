pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Ui

// A folder's name and colour.
ModalDialog {
    id: root

    property string folder: ""
    property string tint: ""
    property alias folderName: field.text

    signal edited(string folder, string name, string tint)

    title: qsTr("Folder")
    acceptText: qsTr("Save")
    onAccepted: root.edited(root.folder, field.text, root.tint)

    Column {
        width: parent?.width ?? 0
        spacing: Theme.spaceM

        TextInputField {
            id: field
            width: parent.width
            label: qsTr("Name")
            maximumLength: 64
        }
        Row {
            spacing: Theme.spaceS

            Repeater {
                model: ["", "#5865f2", "#3ba55d", "#d9a514", "#d9534f", "#a55dc9", "#16756d"]

                IconButton {
                    required property string modelData
                    iconName: modelData === root.tint ? "circle-check" : "circle"
                    iconColor: modelData === "" ? Theme.muted : modelData
                    text: modelData === "" ? qsTr("No colour") : qsTr("Colour %1").arg(modelData)
                    checked: modelData === root.tint
                    onClicked: root.tint = modelData
                }
            }
        }
    }
}
