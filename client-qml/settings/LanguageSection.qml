import QtQuick
import Guildhall.Core
import Guildhall.Ui

// The language; each is named in itself.
SectionPage {
    id: root

    readonly property var codes: ["", "en", "de", "ar"]

    title: qsTr("Language")

    Column {
        width: parent.width
        Accessible.role: Accessible.Grouping
        Accessible.name: root.title

        Repeater {
            model: [qsTr("As the system"), "English", "Deutsch", "العربية"]

            RadioItem {
                required property string modelData
                required property int index

                width: parent?.width ?? 0
                text: modelData
                checked: Preferences.language === root.codes[index]
                onToggled: Preferences.language = root.codes[index]
            }
        }
    }
}
