import QtQuick
import Qt.labs.platform as Platform

// The tray: that the client runs, and whether somebody mentioned one. A press shows the window.
// It has no menu: those of this module need Qt Widgets.
Platform.SystemTrayIcon {
    id: root

    property int mentions: 0

    signal shown

    visible: true
    icon.source: "qrc:/qt/qml/Guildhall/App/icons/guildhall.svg"
    tooltip: mentions > 0 ? qsTr("Guildhall: %n mention(s)", "", mentions) : qsTr("Guildhall")
    onActivated: root.shown()
}
