import QtQuick
import QtQuick.Templates as T

// A button with a text and, if wanted, an icon before it.
T.Button {
    id: root

    enum Kind {
        Plain,
        Primary,
        Danger,
        Ghost
    }

    property int kind: GButton.Plain
    property string iconName: ""
    property bool busy: false
    property bool small: false

    readonly property bool filled: kind === GButton.Primary || kind === GButton.Danger
    readonly property color ink: kind === GButton.Primary ? Theme.accentInk : kind === GButton.Danger ? Theme.dangerInk : kind === GButton.Ghost ? Theme.accentText : Theme.text

    readonly property real markWidth: iconName !== "" || busy ? Theme.iconSmall + Theme.spaceS : 0

    implicitWidth: Math.max(implicitHeight, markWidth + label.implicitWidth + leftPadding + rightPadding)
    implicitHeight: small ? Theme.smallControlHeight : Theme.controlHeight
    leftPadding: small ? Theme.spaceM : Theme.spaceL
    rightPadding: leftPadding
    topInset: small && Theme.isPhone ? 5 : 0
    bottomInset: topInset
    enabled: !busy
    opacity: enabled || busy ? 1 : 0.45
    hoverEnabled: true
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    contentItem: Item {
        Row {
            anchors.centerIn: parent
            spacing: Theme.spaceS

            Spinner {
                anchors.verticalCenter: parent.verticalCenter
                size: Theme.iconSmall
                color: root.ink
                visible: root.busy
                running: visible
            }
            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: root.iconName
                size: Theme.iconSmall
                color: root.ink
                visible: root.iconName !== "" && !root.busy
            }
            Text {
                id: label
                anchors.verticalCenter: parent.verticalCenter
                text: root.text
                textFormat: Text.PlainText
                font.pixelSize: root.small ? Theme.fontSmall : Theme.fontControl
                font.weight: Font.Medium
                color: root.ink
                elide: Text.ElideRight
                width: Math.min(implicitWidth, Math.max(0, root.availableWidth - root.markWidth))
                Accessible.ignored: true
            }
        }
    }

    background: Rectangle {
        radius: Theme.radiusM
        color: root.kind === GButton.Primary ? (root.hovered || root.down ? Theme.accentHover : Theme.accent) : root.kind === GButton.Danger ? (root.hovered || root.down ? Theme.dangerFillHover : Theme.dangerFill) : root.kind === GButton.Ghost ? (root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent") : root.down || root.hovered ? Theme.buttonHover : Theme.button
        border.width: root.kind === GButton.Plain && Theme.scheme === "contrast" ? Theme.borderWidth : 0
        border.color: Theme.outline

        KeyboardFocusRing {
            active: root.visualFocus
        }
    }
}
