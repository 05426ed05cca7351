import QtQuick
import Guildhall.Ui

// Asked before what was changed and not saved is dropped.
ModalDialog {
    title: qsTr("Leave without saving?")
    text: qsTr("What you changed here is not saved yet.")
    acceptText: qsTr("Discard changes")
    rejectText: qsTr("Keep editing")
    danger: true
}
