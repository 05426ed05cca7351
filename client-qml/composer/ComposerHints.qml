import QtQuick
import Guildhall.Composer
import Guildhall.Ui

// One line below the field: why one cannot write, how long one must wait, what is too long.
Item {
    id: root

    required property ComposerModel model

    signal explainRequested

    readonly property string length: model.left < 0 ? qsTr("%n character(s) too long", "", -model.left) : model.left < 200 ? qsTr("%n character(s) left", "", model.left) : ""
    readonly property string state_: model.reason !== "" ? model.reason : model.slowLeft > 0 ? qsTr("Slow mode: %n second(s) to wait", "", model.slowLeft) : ""

    implicitHeight: Math.max(said.implicitHeight, count.implicitHeight, why.height)
    visible: length !== "" || state_ !== ""

    GText {
        id: said
        anchors.left: parent.left
        anchors.right: why.left
        anchors.verticalCenter: parent.verticalCenter
        text: root.state_
        kind: GText.Caption
        muted: true
        wrapMode: Text.Wrap
    }
    GButton {
        id: why
        anchors.right: count.left
        visible: root.model.reason !== "" && root.model.guildId !== ""
        width: visible ? implicitWidth : 0
        height: visible ? implicitHeight : 0
        kind: GButton.Ghost
        text: qsTr("Why?")
        onClicked: root.explainRequested()
    }
    GText {
        id: count
        anchors.right: parent.right
        text: root.length
        kind: GText.Caption
        color: root.model.left < 0 ? Theme.danger : Theme.muted
    }
}
