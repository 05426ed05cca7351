import QtQuick

// How many things wait: a number when one is mentioned, a dot when there is only something new.
Rectangle {
    id: root

    property int count: 0
    property bool mention: true
    property bool dot: false // a dot whatever the count

    readonly property bool shown: count > 0 || dot
    readonly property real size: Math.round(18 * Theme.fontScale)

    visible: shown
    implicitWidth: dot ? Math.round(size / 2) : Math.max(size, label.implicitWidth + 10)
    implicitHeight: dot ? Math.round(size / 2) : size
    radius: height / 2
    color: dot ? Theme.text : mention ? Theme.mention : Theme.muted
    Accessible.ignored: !shown
    Accessible.role: Accessible.Indicator
    Accessible.name: dot ? qsTr("Unread") : mention ? qsTr("%n mention(s)", "", count) : qsTr("%n unread", "", count)

    Text {
        id: label
        anchors.centerIn: parent
        visible: !root.dot
        text: root.count > 999 ? "999+" : root.count
        textFormat: Text.PlainText
        color: root.mention ? Theme.mentionInk : Theme.surface
        font.pixelSize: Theme.fontTiny
        font.weight: Font.Bold
        Accessible.ignored: true
    }
}
