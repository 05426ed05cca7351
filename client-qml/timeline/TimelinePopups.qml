import QtQuick
import Guildhall.Core
import Guildhall.Emoji
import Guildhall.Timeline
import Guildhall.Ui

// What opens above the timeline: the menu, questions, the image viewer. Made when first needed.
Item {
    id: root

    required property Account account
    required property MessageActions actions
    required property MessageList list
    required property FileSaving saving
    property string removed: "" // the message that is asked about
    property string removedFrom: "" // its channel; empty: it was not sent yet
    property string reacted: "" // the message that an emoji is chosen for
    property string url: "" // the link that is asked about

    readonly property TimelineModel model: actions.model
    readonly property MessageCommands commands: actions.commands

    function follow(url: string, host: string, masked: bool) {
        root.url = url;
        if (Navigator.openLink(url))
            return;
        if (masked)
            ask(linkQuestion, qsTr("The link leads to %1.").arg(host));
        else
            Qt.openUrlExternally(url);
    }
    function remove(message: string, pending: bool, asked: bool) {
        removed = message;
        removedFrom = pending ? "" : model.channelId;
        asked ? ask(removeQuestion, commands.text(message).slice(0, 300)) : finishRemoving();
    }
    function finishRemoving() {
        removedFrom === "" ? commands.discard(removed) : commands.remove(removedFrom, removed);
    }
    function ask(loader: Loader, text: string) {
        loader.active = true;
        loader.item.text = text;
        loader.item.open();
    }

    // What was asked about another channel's message is asked no more.
    function leave() {
        for (const one of [menu, fileMenu, picker, viewer, linkQuestion, removeQuestion])
            one.item?.close();
    }

    Connections {
        target: root.model
        function onOpened() {
            root.leave();
        }
    }
    Connections {
        target: root.actions
        function onMenuRequested(row: int, item: Item, px: real, py: real) {
            menu.active = true;
            (menu.item as MessageMenu).openFor(root.model.keyOf(row), item, px, py);
        }
        function onReactionRequested(message: string, near: Item) {
            if (!(root.commands.rights(message).react ?? false))
                return;
            root.reacted = message;
            picker.active = true;
            (picker.item as EmojiPicker).openAt(near ?? root.list);
        }
        function onRemoveRequested(message: string, ask: bool) {
            const rights = root.commands.rights(message);
            if (rights.remove || rights.pending)
                root.remove(message, rights.pending, ask);
        }
        function onPictureOpened(message: string, url: string) {
            viewer.active = true;
            (viewer.item as ImageViewer).show(root.model.pictures(message), url, message);
        }
        function onSaveRequested(file: var) {
            root.saving.save(file);
        }
        function onFilesRequested(row: int) {
            const files = root.model.files(root.model.keyOf(row)), item = root.list.itemAtIndex(row);
            files.length === 1 ? root.saving.save(files[0]) : root.actions.menuRequested(row, item, Theme.spaceXxl, item.height);
        }
        function onFileMenuRequested(file: var, item: Item, px: real, py: real) {
            fileMenu.active = true;
            (fileMenu.item as FileMenu).openFor(file, item, px, py);
        }
    }
    Loader {
        id: menu
        active: false
        sourceComponent: MessageMenu {
            actions: root.actions
        }
    }
    Loader {
        id: fileMenu
        active: false
        sourceComponent: FileMenu {
            actions: root.actions
        }
    }
    Loader {
        id: picker
        active: false
        sourceComponent: EmojiPicker {
            account: root.account
            guildId: root.model.guildId
            onPicked: code => root.commands.react(root.reacted, code)
        }
    }
    Loader {
        id: viewer
        active: false
        sourceComponent: ImageViewer {
            saver: root.saving.saver
            onSaveRequested: picture => root.saving.save(picture)
            onCopyRequested: address => root.model.copyPicture(address)
            onLinkCopied: url => root.model.copyLink(url)
            onOpenRequested: url => root.model.openWeb(url)
            onUncovered: (message, file) => root.model.uncover(message, file)
            onLeft: message => root.list.enterAt(root.model.rowOf(message))
        }
    }
    Loader {
        id: linkQuestion
        active: false
        sourceComponent: ModalDialog {
            title: qsTr("Open this link?")
            acceptText: qsTr("Open")
            onAccepted: Qt.openUrlExternally(root.url)
        }
    }
    Loader {
        id: removeQuestion
        active: false
        sourceComponent: ModalDialog {
            title: qsTr("Delete this message?")
            acceptText: qsTr("Delete")
            danger: true
            onAccepted: root.finishRemoving()
        }
    }
}
