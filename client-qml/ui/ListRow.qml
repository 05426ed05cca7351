import QtQuick
import QtQuick.Templates as T

// A row of settings, people or places: something before, a title and a line below it, something
// after. Right-click, the menu key and a long press ask for its menu.
T.ItemDelegate {
    id: root

    required property string title
    property string subtitle: ""
    property string iconName: ""
    property alias leading: lead.data
    property alias trailing: tail.data
    property bool chevron: false
    property bool selected: false
    property bool danger: false
    property bool wraps: false // what is told here must be read whole

    readonly property color ink: danger ? Theme.danger : Theme.text

    signal menuRequested(real x, real y)

    text: title
    implicitWidth: 280
    implicitHeight: Math.max(Theme.rowHeight, words.implicitHeight + 2 * Theme.spaceS, lead.height + 2 * Theme.spaceXs, tail.height + 2 * Theme.spaceXs)
    leftPadding: Theme.spaceM
    rightPadding: Theme.spaceM
    opacity: enabled ? 1 : 0.45
    hoverEnabled: true
    onPressAndHold: if (Theme.isPhone)
        menuRequested(pressX, pressY)
    Accessible.role: Accessible.ListItem
    Accessible.onPressAction: clicked()
    Accessible.name: title
    Accessible.description: subtitle
    Accessible.selected: selected
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()
    Keys.onMenuPressed: menuRequested(width / 2, height)

    contentItem: Item {
        Row {
            id: lead
            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter

            Icon {
                name: root.iconName
                visible: root.iconName !== ""
                color: root.danger ? Theme.danger : root.selected ? Theme.text : Theme.muted
            }
        }
        Column {
            id: words
            anchors.left: lead.right
            anchors.leftMargin: lead.width > 0 ? Theme.spaceM : 0
            anchors.right: tail.left
            anchors.rightMargin: tail.width > 0 ? Theme.spaceS : 0
            anchors.verticalCenter: parent.verticalCenter
            spacing: 1

            GText {
                width: parent.width
                text: root.title
                wrapMode: root.wraps ? Text.Wrap : Text.NoWrap
                font.pixelSize: Theme.fontControl
                font.weight: root.selected ? Font.DemiBold : Font.Normal
                color: root.ink
                Accessible.ignored: true
            }
            GText {
                width: parent.width
                visible: text !== ""
                text: root.subtitle
                wrapMode: root.wraps ? Text.Wrap : Text.NoWrap
                kind: GText.Caption
                muted: true
                Accessible.ignored: true
            }
        }
        Row {
            id: tail
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.spaceXs
            layoutDirection: Qt.RightToLeft

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.chevron
                name: root.mirrored ? "chevron-left" : "chevron-right"
                size: Theme.iconSmall
                color: Theme.muted
            }
        }
    }

    background: Rectangle {
        radius: Theme.radiusM
        color: root.down ? Theme.pressed : root.selected ? Theme.selected : root.hovered ? Theme.hover : "transparent"

        KeyboardFocusRing {
            active: root.visualFocus
            gap: -1
        }
    }

    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: point => root.menuRequested(point.position.x, point.position.y)
    }
}
