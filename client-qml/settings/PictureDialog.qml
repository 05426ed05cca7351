import QtQuick.Dialogs

// Chooses a picture of the disk. In a file of its own: the platform's dialog is loaded on demand.
FileDialog {
    title: qsTr("Choose a picture")
    nameFilters: [qsTr("Pictures (%1)").arg("*.png *.jpg *.jpeg *.webp *.gif *.bmp")]
}
