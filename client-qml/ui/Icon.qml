import QtQuick
import "icons/glyphs.js" as Glyphs

// A glyph of the icon font by its Lucide name (icons/glyphs.js lists them). Screen readers pass
// it over unless it has an Accessible.name.
Text {
    id: root

    required property string name
    property real size: Theme.iconMedium

    text: Glyphs.glyphs[name] ?? ""
    textFormat: Text.PlainText
    color: Theme.text
    font.family: Theme.iconFont.name
    font.pixelSize: Math.max(1, size)
    lineHeightMode: Text.FixedHeight
    lineHeight: size
    width: size
    height: size
    horizontalAlignment: Text.AlignHCenter
    verticalAlignment: Text.AlignVCenter
    Accessible.ignored: Accessible.name === ""
    Accessible.role: Accessible.Graphic
}
