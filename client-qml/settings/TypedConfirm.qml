import QtQuick
import Guildhall.Ui

// A question that is answered by typing a name, so that nobody does it by accident.
ModalDialog {
    id: root

    property string wanted: ""
    property bool confirmed: false
    property alias typed: field.text

    danger: true
    acceptEnabled: confirmed
    initialFocus: field
    onAboutToShow: field.text = ""

    TextInputField {
        id: field
        width: parent?.width ?? 0
        label: qsTr("Type “%1” to confirm").arg(root.wanted)
    }
}
