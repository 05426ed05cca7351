import QtQuick

// What every field has around it: a label above, a hint or an error below.
Item {
    id: root

    property string label: ""
    property bool required: false
    property string hint: ""
    property string error: ""
    default property alias content: holder.data
    property real contentHeight: Theme.controlHeight

    implicitWidth: 280
    implicitHeight: labelText.height + contentHeight + note.height

    GText {
        id: labelText
        text: root.required ? root.label + " *" : root.label
        kind: GText.Small
        font.weight: Font.DemiBold
        width: parent.width
        height: root.label === "" ? 0 : implicitHeight + 6
        visible: root.label !== ""
        Accessible.ignored: true
    }
    Item {
        id: holder
        y: labelText.height
        width: parent.width
        height: root.contentHeight
    }
    Row {
        id: note
        anchors.top: holder.bottom
        anchors.topMargin: visible ? Theme.spaceXs : 0
        width: parent.width
        height: visible ? noteText.implicitHeight + Theme.spaceXs : 0
        spacing: Theme.spaceXs
        visible: noteText.text !== ""

        Icon {
            id: noteIcon
            name: "circle-alert"
            size: Theme.fontSmall + 2
            color: Theme.danger
            visible: root.error !== ""
        }
        GText {
            id: noteText
            width: parent.width - (noteIcon.visible ? noteIcon.width + parent.spacing : 0)
            text: root.error !== "" ? root.error : root.hint
            kind: GText.Caption
            wrapMode: Text.Wrap
            color: root.error !== "" ? Theme.danger : Theme.muted
            Accessible.role: root.error !== "" ? Accessible.AlertMessage : Accessible.StaticText
        }
    }
}
