import QtQuick
import Guildhall.Core
import Guildhall.Ui

// What others may learn.
SectionPage {
    title: qsTr("Privacy")

    Toggle {
        width: parent.width
        text: qsTr("Load pictures from other places")
        description: qsTr("Pictures that are not kept at your node come from where they lie, and that place learns your address.")
        checked: Preferences.externalImages
        onToggled: Preferences.externalImages = checked
    }
    Toggle {
        width: parent.width
        text: qsTr("Show text in notifications")
        description: qsTr("Else they only say who wrote, and where.")
        checked: Preferences.notifyShowsText
        onToggled: Preferences.notifyShowsText = checked
    }
}
