import QtQuick
import Guildhall.Composer
import Guildhall.Ui

// The files that go with the message, side by side.
ListView {
    id: root

    required property AttachmentList files

    height: visible ? contentItem.childrenRect.height : 0
    visible: files.count > 0
    orientation: ListView.Horizontal
    spacing: Theme.spaceS
    model: files
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Attached files")
    delegate: AttachmentChip {
        onDescribed: text => root.files.describe(index, text)
        onHiddenToggled: hidden => root.files.setSpoiler(index, hidden)
        onRemoved: root.files.remove(index)
    }
}
