import QtQuick
import Qt.labs.platform as Platform

// The tray: that the client runs, and whether somebody mentioned one.
Platform.SystemTrayIcon {
    id: root

    property int mentions: 0

    signal shown

    visible: available
    icon.source: "qrc:/qt/qml/Guildhall/App/icons/guildhall.svg"
    tooltip: mentions > 0 ? qsTr("Guildhall: %n mention(s)", "", mentions) : qsTr("Guildhall")
    onActivated: root.shown()
    menu: Platform.Menu {
        Platform.MenuItem {
            text: qsTr("Open")
            onTriggered: root.shown()
        }
        Platform.MenuItem {
            text: qsTr("Quit")
            onTriggered: Qt.quit()
        }
    }
}
