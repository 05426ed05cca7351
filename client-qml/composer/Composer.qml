import QtQuick
import QtQuick.Dialogs
import Guildhall.Core
import Guildhall.Emoji
import Guildhall.Composer
import Guildhall.Ui

// Where people write: see timeline/README.md for what the app connects.
FocusScope {
    id: root

    required property Account account
    required property string channelId

    signal sent
    signal editLastRequested
    signal timelineRequested
    signal noticed(string text)

    function reply(messageId: string, author: string, text: string) {
        writing.reply(messageId, author, text);
        field.area.forceActiveFocus();
    }
    function edit(messageId: string, content: string) {
        writing.edit(messageId, content);
        field.area.forceActiveFocus();
    }
    function focusText(typed: string) {
        field.area.forceActiveFocus();
        if (typed !== "")
            insert(typed);
    }
    function insert(text: string) {
        field.area.insert(field.area.cursorPosition, text);
    }
    function attach(urls: list<url>) {
        writing.files.add(urls);
    }

    function complete(row: int) {
        const shown = words.shown(row);
        const start = words.start;
        if (words.code(row) !== "")
            writing.remember(shown, words.code(row));
        field.area.remove(start, start + words.length);
        field.area.insert(start, shown + " ");
    }
    function insertEmoji(code: var) {
        const own = code.match(/^<a?(:\w+:)\d+>$/);
        if (own)
            writing.remember(own[1], code);
        insert(own ? own[1] : code);
    }

    implicitHeight: column.height + 2 * Theme.spaceS
    height: implicitHeight

    ComposerModel {
        id: writing
        account: root.account
        channelId: root.channelId
        onSent: root.sent()
        onNoticed: text => root.noticed(text)
    }
    CompletionModel {
        id: words
        account: root.account
        channelId: root.channelId
        commands: writing.commands
    }
    CompletionPopup {
        id: popup
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.spaceL
        anchors.rightMargin: Theme.spaceL
        y: -height
        z: 10
        completion: words
        onChosen: row => root.complete(row)
    }
    Column {
        id: column
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.spaceL
        anchors.rightMargin: Theme.spaceL
        y: Theme.spaceXs
        spacing: Theme.spaceXs

        ComposerBar {
            width: parent.width
            visible: writing.editId !== "" || writing.replyId !== ""
            model: writing
        }
        ListView {
            width: parent.width
            height: visible ? contentItem.childrenRect.height : 0
            visible: writing.files.count > 0
            orientation: ListView.Horizontal
            spacing: Theme.spaceS
            model: writing.files
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Attached files")
            delegate: AttachmentChip {
                onDescribed: text => writing.files.describe(index, text)
                onHiddenToggled: hidden => writing.files.setSpoiler(index, hidden)
                onRemoved: writing.files.remove(index)
            }
        }
        Rectangle {
            id: box
            width: parent.width
            height: field.height + 2
            radius: Theme.radiusL
            color: Theme.field
            border.width: Theme.borderWidth
            border.color: field.area.activeFocus ? Theme.focus : Theme.outline

            IconButton {
                id: plus
                anchors.left: parent.left
                anchors.leftMargin: Theme.spaceXs
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Math.max(0, (Theme.controlHeight - height) / 2)
                enabled: writing.mayAttach && writing.editId === ""
                iconName: "circle-plus"
                text: qsTr("Attach files")
                onClicked: files.active = true
            }
            ComposerField {
                id: field
                anchors.left: plus.right
                anchors.right: smile.left
                height: implicitHeight
                popupOpen: popup.visible
                onCompletionKey: key => popup.press(key)
                onWritten: (text, cursor) => words.look(text, cursor)
                y: 1
                model: writing
                focus: true
                placeholder: writing.reason !== "" ? qsTr("You cannot write here") : qsTr("Message %1").arg(writing.channelName)
                onEditLastRequested: root.editLastRequested()
                onTimelineRequested: root.timelineRequested()
            }
            IconButton {
                id: smile
                anchors.right: send.left
                anchors.bottom: plus.bottom
                enabled: writing.reason === ""
                iconName: "smile"
                text: qsTr("Emoji")
                onClicked: {
                    picker.active = true;
                    (picker.item as EmojiPicker).openAt(smile);
                }
            }
            IconButton {
                id: send
                anchors.right: parent.right
                anchors.rightMargin: Theme.spaceXs
                anchors.bottom: plus.bottom
                enabled: writing.canSend
                iconName: writing.editId === "" ? "send" : "check"
                text: writing.editId === "" ? qsTr("Send") : qsTr("Save the change")
                shortcutText: qsTr("Enter")
                onClicked: writing.send()
            }
        }
        ComposerHints {
            width: parent.width
            model: writing
        }
    }
    DropArea {
        anchors.fill: parent
        enabled: writing.mayAttach
        onDropped: drop => {
            if (drop.hasUrls)
                writing.files.add(drop.urls);
        }
    }
    Loader {
        id: picker
        active: false
        sourceComponent: EmojiPicker {
            account: root.account
            guildId: writing.guildId
            onPicked: code => root.insertEmoji(code)
        }
    }
    Loader {
        id: files
        active: false
        sourceComponent: FileDialog {
            title: qsTr("Attach files")
            fileMode: FileDialog.OpenFiles
            onAccepted: writing.files.add(selectedFiles)
            onVisibleChanged: if (!visible)
                files.active = false
            Component.onCompleted: open()
        }
    }
}
