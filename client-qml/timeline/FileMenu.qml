import QtQuick
import Guildhall.Timeline
import Guildhall.Ui

// What one can do with a file of a message: at the pointer, or a sheet on a phone.
Menu {
    id: root

    required property MessageActions actions
    property var file: ({})

    readonly property TimelineModel model: actions.model
    readonly property bool isPicture: (file.picture ?? "") !== ""

    function openFor(file: var, item: Item, px: real, py: real) {
        root.file = file;
        openAt(item, px, py);
    }

    heading: root.file.name ?? ""

    MenuEntry {
        text: qsTr("Save as…")
        iconName: "download"
        shortcutText: "S"
        onTriggered: root.actions.saveRequested(root.file)
    }
    MenuEntry {
        visible: root.isPicture && !root.file.covered
        text: qsTr("Copy picture")
        iconName: "copy"
        onTriggered: root.model.copyPicture(root.file.picture)
    }
    MenuEntry {
        text: qsTr("Copy link")
        iconName: "link"
        onTriggered: root.model.copyLink(root.file.url)
    }
    MenuEntry {
        text: qsTr("Open in the browser")
        iconName: "external-link"
        onTriggered: root.model.openWeb(root.file.url)
    }
}
