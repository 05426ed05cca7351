import QtQuick
import Guildhall.Composer
import Guildhall.Ui

// How it stands with a slash command, and the button that runs it.
Item {
    id: root

    required property CommandForm form
    readonly property alias runButton: run
    readonly property bool failed: form.stage === CommandForm.Failed || form.stage === CommandForm.Unanswered

    implicitHeight: Math.max(run.implicitHeight, said.implicitHeight)

    Icon {
        id: mark
        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        visible: root.failed
        name: "circle-alert"
        size: Theme.iconSmall
        color: Theme.danger
    }
    GText {
        id: said
        anchors.left: root.failed ? mark.right : parent.left
        anchors.leftMargin: root.failed ? Theme.spaceXs : 0
        anchors.right: run.left
        anchors.rightMargin: Theme.spaceS
        anchors.verticalCenter: parent.verticalCenter
        text: root.form.message !== "" || Theme.isPhone ? root.form.message : qsTr("Tab goes to the next field, Enter runs the command, Escape leaves it.")
        kind: GText.Caption
        color: root.failed ? Theme.danger : Theme.muted
        wrapMode: Text.Wrap
        Accessible.role: root.failed ? Accessible.AlertMessage : Accessible.StaticText
    }
    GButton {
        id: run
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        kind: GButton.Primary
        busy: root.form.busy
        text: root.failed ? qsTr("Try again") : qsTr("Run")
        onClicked: root.form.run()
    }
}
