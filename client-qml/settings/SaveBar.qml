import QtQuick
import Guildhall.Settings
import Guildhall.Ui

// "Unsaved changes": save or reset. It takes no room while there are none.
Item {
    id: root

    property Form form: null
    readonly property bool shown: form?.dirty ?? false
    readonly property string text: form?.overtaken ? qsTr("Somebody else changed this meanwhile. Save replaces what they wrote, Reset shows it.") : qsTr("You have unsaved changes")

    height: shown ? bar.implicitHeight + Theme.spaceM : 0
    visible: shown
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Rectangle {
        id: bar
        anchors.fill: parent
        anchors.margins: Theme.spaceS
        anchors.topMargin: Theme.spaceXs
        implicitHeight: Math.max(words.implicitHeight, buttons.implicitHeight) + 2 * Theme.spaceS
        radius: Theme.radiusM
        color: Theme.elevated
        border.width: Theme.borderWidth
        border.color: Theme.outline

        GText {
            id: words
            anchors.left: parent.left
            anchors.leftMargin: Theme.spaceL
            anchors.right: buttons.left
            anchors.rightMargin: Theme.spaceM
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            font.pixelSize: Theme.fontControl
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
        Row {
            id: buttons
            anchors.right: parent.right
            anchors.rightMargin: Theme.spaceS
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.spaceS

            GButton {
                kind: GButton.Ghost
                text: qsTr("Reset")
                enabled: !(root.form?.saving ?? false)
                onClicked: root.form.reset()
            }
            GButton {
                kind: GButton.Primary
                text: qsTr("Save")
                enabled: (root.form?.editable ?? false) && !busy
                busy: root.form?.saving ?? false
                onClicked: root.form.save()
            }
        }
    }
}
