import QtQuick
import Guildhall.Core
import Guildhall.Ui

// How the client looks on this device.
SectionPage {
    id: root

    readonly property var schemes: ["system", "light", "dark", "contrast"]

    title: qsTr("Appearance")

    Column {
        width: parent.width
        Accessible.role: Accessible.Grouping
        Accessible.name: qsTr("Colours")

        Repeater {
            model: [qsTr("As the system"), qsTr("Light"), qsTr("Dark"), qsTr("High contrast")]

            RadioItem {
                required property string modelData
                required property int index

                width: parent?.width ?? 0
                text: modelData
                checked: Preferences.theme === root.schemes[index]
                onToggled: Preferences.theme = root.schemes[index]
            }
        }
    }
    SliderField {
        width: parent.width
        label: qsTr("Size of text")
        from: 0.8
        to: 2
        stepSize: 0.1
        value: Preferences.fontScale
        valueText: qsTr("%1 %").arg(Math.round(value * 100))
        onMoved: Preferences.fontScale = value
    }
    SliderField {
        width: parent.width
        label: qsTr("Zoom of everything")
        from: 0.5
        to: 3
        stepSize: 0.1
        value: Preferences.zoom
        valueText: qsTr("%1 %").arg(Math.round(value * 100))
        onMoved: Preferences.zoom = value
    }
    Toggle {
        width: parent.width
        text: qsTr("Compact")
        description: qsTr("More lines, less space between them.")
        checked: Preferences.compact
        onToggled: Preferences.compact = checked
    }
    Toggle {
        width: parent.width
        text: qsTr("Less motion")
        description: qsTr("Nothing slides or fades.")
        checked: Preferences.reducedMotion
        onToggled: Preferences.reducedMotion = checked
    }
    Toggle {
        width: parent.width
        text: qsTr("Keep running when the window is closed")
        description: qsTr("Where the system has a tray.")
        checked: Preferences.closeToTray
        onToggled: Preferences.closeToTray = checked
    }
}
