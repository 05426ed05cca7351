import QtQuick
import Guildhall.Settings
import Guildhall.Ui

// An invite, where it leads, and the button that goes there.
Column {
    id: root

    required property GuildCreate create
    readonly property Item first: code
    readonly property var preview: create.preview
    readonly property bool known: (preview.id ?? "") !== ""

    spacing: Theme.spaceL

    TextInputField {
        id: code
        width: parent.width
        label: qsTr("Invite")
        hint: qsTr("A link, a code, or code@node for a guild of another node.")
        iconName: "link"
        maximumLength: 300
        error: root.create.inviteError
        text: root.create.invite
        onEdited: root.create.invite = text
        onAccepted: root.known ? root.create.join() : root.create.look()
    }
    ListRow {
        width: parent.width
        visible: root.known
        title: root.preview.name ?? ""
        subtitle: {
            const people = qsTr("%n member(s)", "", root.preview.members ?? 0);
            return (root.preview.node ?? "") === "" ? people : qsTr("%1, at %2").arg(people).arg(root.preview.node);
        }
        leading: Avatar {
            name: root.preview.name ?? ""
            colorId: root.preview.id ?? ""
            source: root.preview.icon ?? ""
            square: true
        }
        onClicked: root.create.join()
    }
    Row {
        anchors.right: parent.right
        spacing: Theme.spaceS

        GButton {
            text: qsTr("Look")
            visible: !root.known
            enabled: root.create.canJoin
            onClicked: root.create.look()
        }
        GButton {
            kind: GButton.Primary
            text: qsTr("Join guild")
            enabled: root.create.canJoin
            busy: root.create.busy
            onClicked: root.create.join()
        }
    }
}
