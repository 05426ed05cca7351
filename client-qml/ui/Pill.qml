import QtQuick

// A word on a coloured ground: a state, a kind, a mark behind a name.
Rectangle {
    id: root

    enum Tone {
        Neutral,
        Accent,
        Positive,
        Warning,
        Danger
    }

    required property string text
    property string iconName: ""
    property int tone: Pill.Neutral

    readonly property color ink: [Theme.text, Theme.accentText, Theme.positive, Theme.warning, Theme.danger][tone]

    implicitWidth: row.implicitWidth + 2 * Theme.spaceS
    implicitHeight: Math.round(20 * Theme.fontScale)
    radius: Theme.radiusS + 1
    color: [Theme.pressed, Theme.infoTint, Theme.positiveTint, Theme.warningTint, Theme.dangerTint][tone]
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Row {
        id: row
        anchors.centerIn: parent
        spacing: Theme.spaceXs

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: root.iconName
            visible: root.iconName !== ""
            size: Theme.fontCaption
            color: root.ink
        }
        Text {
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            textFormat: Text.PlainText
            color: root.ink
            font.pixelSize: Theme.fontTiny
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
    }
}
