import QtQuick
import Guildhall.Ui

// A field of a slash command: written, or a file.
FocusScope {
    id: root

    required property int index
    required property string label
    required property string hint
    required property string kind
    required property string shown
    required property string error
    required property bool needed
    required property bool takesFile
    property bool busy: false

    signal written(string text)
    signal entered
    signal gone
    signal returned
    signal fileRequested
    signal fileRemoved

    implicitHeight: part.implicitHeight
    onActiveFocusChanged: activeFocus ? entered() : gone()

    Loader {
        id: part
        width: parent.width
        focus: true
        sourceComponent: root.takesFile ? file : line
    }
    Component {
        id: line

        TextInputField {
            focus: true
            label: root.label
            required: root.needed
            hint: root.hint
            error: root.error
            text: root.shown
            placeholderText: root.needed ? root.kind : qsTr("%1, optional").arg(root.kind)
            accessibleName: root.needed ? qsTr("%1, needed: %2").arg(root.label).arg(root.kind) : qsTr("%1, optional: %2").arg(root.label).arg(root.kind)
            maximumLength: 6000
            readOnly: root.busy
            onEdited: root.written(text)
            onAccepted: root.returned()
        }
    }
    Component {
        id: file

        OptionFile {
            focus: true
            label: root.label
            needed: root.needed
            hint: root.hint
            error: root.error
            name: root.shown
            enabled: !root.busy
            onRequested: root.fileRequested()
            onRemoved: root.fileRemoved()
        }
    }
}
