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
    property string hostAway: "" // the guild's host while it cannot be reached
    readonly property bool commands: writing.form.active

    signal sent
    signal editLastRequested
    signal timelineRequested
    signal explainRequested
    signal noticed(string text)

    function reply(messageId: string, author: string, text: string) {
        writing.reply(messageId, author, text);
        box.area.forceActiveFocus();
    }
    function edit(messageId: string, content: string) {
        writing.edit(messageId, content);
        box.area.forceActiveFocus();
    }
    function focusText(typed: string) {
        if (commands)
            return command.forceActiveFocus();
        box.area.forceActiveFocus();
        if (typed !== "" && writing.reason === "")
            insert(typed);
    }
    function insert(text: string) {
        box.area.insert(box.area.cursorPosition, text);
    }
    function attach(urls: list<url>) {
        writing.attach(urls);
    }
    function complete(row: int) {
        const shown = words.shown(row), code = words.code(row), start = words.start;
        if (shown.startsWith("/"))
            return writing.startCommand(code);
        replace(start, words.length, (code === "" ? shown : writing.remember(shown, code)) + " ");
    }
    function replace(start: int, length: int, text: string) {
        box.area.remove(start, start + length);
        box.area.insert(start, text);
    }
    function askFiles() {
        files.active ? (files.item as FileDialog).open() : files.active = true;
    }
    function insertEmoji(code: var) {
        const own = code.match(/^<a?(:\w+:)\d+>$/);
        insert(own ? writing.remember(own[1], code) : code);
    }

    implicitHeight: column.height + 2 * Theme.spaceS
    height: implicitHeight
    onCommandsChanged: if (!commands && activeFocus)
        box.area.forceActiveFocus()

    ComposerModel {
        id: writing
        account: root.account
        channelId: root.channelId
        hostAway: root.hostAway
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
        completion: root.commands ? writing.form.choices : words
        onChosen: row => root.commands ? writing.form.choose(row) : root.complete(row)
    }
    Column {
        id: column
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.spaceL
        anchors.rightMargin: Theme.spaceL
        y: Theme.spaceXs
        spacing: Theme.spaceXs

        HostAwayLine {
            width: parent.width
            text: writing.hostText
        }
        ComposerBar {
            width: parent.width
            visible: writing.editId !== "" || writing.replyId !== ""
            model: writing
        }
        AttachmentStrip {
            width: parent.width
            files: writing.files
        }
        Loader {
            id: command
            width: parent.width
            active: root.commands
            visible: active
            sourceComponent: CommandPanel {
                model: writing
                offers: popup
                focus: true
                onFilesRequested: root.askFiles()
            }
        }
        ComposerBox {
            id: box
            width: parent.width
            visible: !root.commands
            model: writing
            offers: popup
            onFilesRequested: root.askFiles()
            onEmojiRequested: near => {
                picker.active = true;
                (picker.item as EmojiPicker).openAt(near);
            }
            onWritten: (text, cursor) => words.look(text, cursor)
            onEditLastRequested: root.editLastRequested()
            onTimelineRequested: root.timelineRequested()
        }
        ComposerHints {
            width: parent.width
            model: writing
            onExplainRequested: root.explainRequested()
        }
    }
    Loader {
        id: picker
        active: false
        sourceComponent: EmojiPicker {
            account: root.account
            guildId: writing.guildId
            onPicked: code => {
                root.insertEmoji(code);
                root.focusText("");
            }
        }
    }
    Loader {
        id: files
        active: false
        sourceComponent: FileDialog {
            objectName: "attachDialog"
            title: qsTr("Attach files")
            fileMode: FileDialog.OpenFiles
            onAccepted: writing.attach(selectedFiles)
        }
        // Kept from then on: what is unloaded as it closes does not say what was chosen.
        onLoaded: (item as FileDialog).open()
    }
}
