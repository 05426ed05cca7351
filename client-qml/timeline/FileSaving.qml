import QtQuick
import Guildhall.Core
import Guildhall.Ui

// Saves files of messages: asks what FileSaver wants to know, and shows what it says.
Item {
    id: root

    required property Account account
    readonly property FileSaver saver: files

    signal noticed(string text)

    function save(file: var) {
        files.save(file);
    }

    FileSaver {
        id: files
        account: root.account
        asksWhere: !Theme.isPhone
        onQuestioned: (text, yes) => question.ask(text, yes)
        onPlaceWanted: (folder, suggested) => place.ask(folder, suggested)
        onNoticed: text => root.noticed(text)
        onOpenRequested: place => Qt.openUrlExternally(place)
    }
    Loader {
        id: question

        function ask(text: string, yes: string) {
            active = true;
            item.text = text;
            item.acceptText = yes;
            item.open();
        }

        active: false
        sourceComponent: ModalDialog {
            title: qsTr("Save this file?")
            onAccepted: files.confirm()
            onRejected: files.decline()
        }
    }
    // Its file is read when it is first needed: the dialogs' module is slow to load.
    Loader {
        id: place

        property url folder
        property url suggested

        function ask(folder: url, suggested: url) {
            place.folder = folder;
            place.suggested = suggested;
            setSource("SavePlace.qml", {
                    "folder": folder,
                    "suggested": suggested
                });
        }

        onLoaded: (item as SavePlace).ask()

        Connections {
            target: place.item
            ignoreUnknownSignals: true
            function onChosen(where: url) {
                files.saveAs(where);
            }
            function onRefused() {
                files.decline();
            }
        }
    }
}
