import QtQuick

// A key of the keyboard, in lists of shortcuts.
Rectangle {
    id: root

    required property string text

    implicitWidth: Math.max(implicitHeight, label.implicitWidth + 2 * Theme.spaceS)
    implicitHeight: Math.round(24 * Theme.fontScale)
    radius: Theme.radiusS + 1
    color: Theme.codeBackground
    border.width: 1
    border.color: Theme.outline
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Text {
        id: label
        anchors.centerIn: parent
        text: root.text
        textFormat: Text.PlainText
        color: Theme.text
        font.pixelSize: Theme.fontCaption
        font.weight: Font.Medium
        Accessible.ignored: true
    }
}
