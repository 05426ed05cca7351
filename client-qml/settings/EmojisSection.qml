import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// The guild's own emojis.
SectionPage {
    id: root

    required property Account account
    required property string guildId

    function askRemove(key: string, name: string): void {
        sure.ask(qsTr("Delete :%1:?").arg(name), qsTr("Messages that use it show its name instead. This cannot be taken back."), qsTr("Delete"), () => list.remove(key));
    }

    title: qsTr("Emojis")
    view: list

    EmojiList {
        id: list
        account: root.account
        guildId: root.guildId
    }
    Banner {
        width: parent.width
        visible: text !== ""
        iconName: "lock"
        text: list.reason
    }
    GButton {
        anchors.left: parent.left
        iconName: "upload"
        text: qsTr("Upload emoji")
        enabled: list.reason === "" && !busy
        busy: list.busy
        onClicked: chooser.active ? (chooser.item as PictureDialog).open() : chooser.active = true
    }
    Loader {
        id: chooser
        active: false
        sourceComponent: PictureDialog {
            onAccepted: list.add(selectedFile)
        }
        onLoaded: (item as PictureDialog).open()
    }
    Repeater {
        model: list.rows

        Row {
            id: row

            required property string key
            required property string name
            required property string source

            width: parent?.width ?? 0
            spacing: Theme.spaceM

            Image {
                anchors.verticalCenter: parent.verticalCenter
                width: Theme.avatarSmall
                height: width
                source: row.source
                sourceSize: Qt.size(width, height)
                asynchronous: true
                Accessible.ignored: true
            }
            TextInputField {
                width: parent.width - Theme.avatarSmall - remover.width - 2 * parent.spacing
                accessibleName: qsTr("Name of the emoji %1").arg(row.name)
                enabled: list.reason === ""
                maximumLength: 32
                text: row.name
                onAccepted: list.rename(row.key, text)
            }
            IconButton {
                id: remover
                anchors.verticalCenter: parent.verticalCenter
                iconName: "trash-2"
                danger: true
                text: qsTr("Delete %1").arg(row.name)
                enabled: list.reason === ""
                onClicked: root.askRemove(row.key, row.name)
            }
        }
    }
    ConfirmDialog {
        id: sure
    }
    EmptyState {
        width: parent.width
        visible: list.rows.count === 0
        iconName: "smile-plus"
        title: qsTr("No emojis yet")
    }
}
