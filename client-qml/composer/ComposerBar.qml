import QtQuick
import Guildhall.Composer
import Guildhall.Ui

// Above the field: which message one replies to or changes.
Rectangle {
    id: root

    required property ComposerModel model

    readonly property bool edits: model.editId !== ""

    implicitHeight: Theme.smallControlHeight + Theme.spaceXs
    color: Theme.field
    radius: Theme.radiusM
    Accessible.role: Accessible.StaticText
    Accessible.name: label.text

    Icon {
        id: mark
        anchors.left: parent.left
        anchors.leftMargin: Theme.spaceM
        anchors.verticalCenter: parent.verticalCenter
        name: root.edits ? "pencil" : "reply"
        size: Theme.iconSmall
        color: Theme.muted
    }
    GText {
        id: label
        anchors.left: mark.right
        anchors.leftMargin: Theme.spaceS
        anchors.right: ping.left
        anchors.verticalCenter: parent.verticalCenter
        text: root.edits ? qsTr("Editing a message: Escape leaves it as it was") : qsTr("Reply to %1: %2").arg(root.model.replyAuthor).arg(root.model.replyText)
        kind: GText.Small
        Accessible.ignored: true
    }
    IconButton {
        id: ping
        anchors.right: close.left
        anchors.verticalCenter: parent.verticalCenter
        visible: !root.edits
        width: visible ? implicitWidth : 0
        checkable: true
        checked: root.model.pings
        iconName: root.model.pings ? "bell" : "bell-off"
        iconSize: Theme.iconSmall
        text: qsTr("Notify the author")
        onToggled: root.model.pings = checked
    }
    IconButton {
        id: close
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        iconName: "x"
        iconSize: Theme.iconSmall
        text: qsTr("Cancel")
        shortcutText: qsTr("Esc")
        onClicked: root.model.cancel()
    }
}
