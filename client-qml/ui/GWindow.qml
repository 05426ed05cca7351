import QtQuick
import QtQuick.Templates as T

// A window of the client: its font is the application's (with the fallbacks that C++ has set), its
// width decides what Theme.isPhone says, and its palette reaches whatever Controls draw themselves.
T.ApplicationWindow {
    id: root

    property bool mirror: Application.layoutDirection === Qt.RightToLeft

    color: Theme.surface
    font: Application.font
    LayoutMirroring.enabled: mirror
    LayoutMirroring.childrenInherit: true
    onWidthChanged: if (width > 0)
        Theme.windowWidth = width

    palette.window: Theme.surface
    palette.windowText: Theme.text
    palette.base: Theme.field
    palette.alternateBase: Theme.sidebar
    palette.text: Theme.text
    palette.button: Theme.elevated
    palette.buttonText: Theme.text
    // Qt's file dialog writes this ink on a light mixture of this colour as well.
    palette.highlight: Qt.tint(Theme.surface, Qt.rgba(Theme.accent.r, Theme.accent.g, Theme.accent.b, 0.3))
    palette.highlightedText: Theme.text
    palette.placeholderText: Theme.muted
    palette.toolTipBase: Theme.tooltip
    palette.toolTipText: Theme.tooltipInk
    palette.link: Theme.link
    palette.mid: Theme.divider
    palette.dark: Theme.outline
    palette.light: Theme.accent // under highlightedText, in Qt's own dialogs
}
