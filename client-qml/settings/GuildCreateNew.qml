import QtQuick
import Guildhall.Settings
import Guildhall.Ui

// The fields of a new guild.
Column {
    id: root

    required property GuildCreate create
    readonly property Item first: name

    spacing: Theme.spaceL

    GText {
        width: parent.width
        text: qsTr("A guild is a place of your own with channels and roles. Your node hosts it.")
        muted: true
        wrapMode: Text.Wrap
    }
    TextInputField {
        id: name
        width: parent.width
        label: qsTr("Name")
        required: true
        maximumLength: 100
        error: root.create.nameError
        text: root.create.name
        onEdited: root.create.name = text
        onAccepted: root.create.create()
    }
    IconEditor {
        width: parent.width
        name: root.create.name !== "" ? root.create.name : qsTr("Guild")
        source: root.create.icon
        square: true
        onPicked: uri => root.create.icon = uri
    }
    GButton {
        anchors.right: parent.right
        kind: GButton.Primary
        text: qsTr("Create guild")
        enabled: root.create.canCreate
        busy: root.create.busy
        onClicked: root.create.create()
    }
}
