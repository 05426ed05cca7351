import QtQuick
import Guildhall.Ui

// Above the field while the guild's host is away: one may write, and what becomes of it.
Rectangle {
    id: root

    property string text: ""

    visible: text !== ""
    implicitHeight: visible ? said.implicitHeight + Theme.spaceS : 0
    radius: Theme.radiusM
    color: Theme.warningTint
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Icon {
        id: mark
        anchors.left: parent.left
        anchors.leftMargin: Theme.spaceM
        anchors.verticalCenter: parent.verticalCenter
        name: "server-off"
        size: Theme.iconSmall
        color: Theme.warning
    }
    GText {
        id: said
        anchors.left: mark.right
        anchors.leftMargin: Theme.spaceS
        anchors.right: parent.right
        anchors.rightMargin: Theme.spaceM
        anchors.verticalCenter: parent.verticalCenter
        text: root.text
        kind: GText.Caption
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
}
