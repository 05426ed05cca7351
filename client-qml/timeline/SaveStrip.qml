import QtQuick
import Guildhall.Core
import Guildhall.Ui

// Files that are being saved, and how those before ended: one line each.
Rectangle {
    id: root

    required property FileSaver saver

    height: lines.height
    visible: saver.count > 0
    color: Theme.elevated
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Files being saved")
    Accessible.ignored: !visible

    Column {
        id: lines
        width: parent.width

        Repeater {
            model: root.saver

            SaveLine {
                required property int index
                width: root.width
                onCancelled: root.saver.cancel(index)
                onOpened: root.saver.open(index)
                onDismissed: root.saver.dismiss(index)
            }
        }
    }
}
