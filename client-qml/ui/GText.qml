import QtQuick

// Text of the interface: plain, in the scheme's colour, at the start of its line. Kinds differ in
// size and weight only.
Text {
    id: root

    enum Kind {
        Body,
        Small,
        Caption,
        Overline,
        Title,
        Heading,
        Display
    }

    property int kind: GText.Body
    property bool muted: false

    textFormat: Text.PlainText
    color: muted || kind === GText.Overline ? Theme.muted : Theme.text
    font.pixelSize: Theme.fontSizes[kind]
    font.weight: kind >= GText.Overline ? Font.DemiBold : Font.Normal
    font.capitalization: kind === GText.Overline ? Font.AllUppercase : Font.MixedCase
    // Letters that are joined must not be moved apart.
    font.letterSpacing: kind === GText.Overline && Application.layoutDirection === Qt.LeftToRight ? 0.6 : 0
    lineHeight: wrapMode === Text.NoWrap ? 1 : 1.2
    horizontalAlignment: Text.AlignLeft
    elide: wrapMode === Text.NoWrap ? Text.ElideRight : Text.ElideNone
    Accessible.role: kind >= GText.Title ? Accessible.Heading : Accessible.StaticText
    Accessible.name: text
}
