import QtQuick

// The colours that a scheme must name. Pages read them from Theme, which hands on the chosen
// scheme's; tests/qml/ui/tst_contrast.qml says which of them must be readable on which.
QtObject {
    required property bool dark
    // Places, from the window's edge inwards, and what floats above them.
    required property color rail
    required property color sidebar
    required property color surface
    required property color elevated
    required property color field
    required property color codeBackground
    required property color tooltip
    // Lines and veils that lie on any place.
    required property color divider
    required property color outline
    required property color hover
    required property color pressed
    required property color selected
    required property color button
    required property color buttonHover
    required property color mentionTint
    required property color scrim
    required property color shade
    required property color focus
    // Text and icons on any place.
    required property color text
    required property color muted
    required property color link
    required property color accentText
    required property color positive
    required property color warning
    required property color danger
    required property color unread
    required property color tooltipInk
    // Dots of presence: shapes, not text.
    required property color online
    required property color idle
    required property color dnd
    required property color offline
    // Fills, and the text on them.
    required property color accent
    required property color accentHover
    required property color accentInk
    required property color dangerFill
    required property color dangerFillHover
    required property color dangerInk
    required property color mention
    required property color mentionInk
    required property color infoTint
    required property color positiveTint
    required property color warningTint
    required property color dangerTint
    // Code.
    required property color codeKeyword
    required property color codeString
    required property color codeNumber
    required property color codeComment
    required property color codeType
}
