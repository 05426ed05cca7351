import QtQuick
import QtQuick.Dialogs
import Guildhall.Ui

// Asks where a file goes. Whether one there is replaced is asked by who saves: not every system's
// dialog does.
Item {
    id: root
    objectName: "savePlace"

    required property url folder
    required property url suggested

    signal chosen(url place)
    signal refused

    property Item returnTo: null

    function ask() {
        const entry = Window.activeFocusItem as MenuEntry;
        returnTo = entry ? (entry.menu as Menu).opener : Window.activeFocusItem;
        dialog.open();
    }

    function dismiss() {
        dialog.reject();
    }

    FileDialog {
        id: dialog
        title: qsTr("Save as")
        fileMode: FileDialog.SaveFile
        options: FileDialog.DontConfirmOverwrite
        currentFolder: root.folder
        selectedFile: root.suggested
        onVisibleChanged: if (!visible && root.returnTo)
            root.returnTo.forceActiveFocus(Qt.PopupFocusReason)
        onAccepted: root.chosen(selectedFile)
        onRejected: root.refused()
    }
}
