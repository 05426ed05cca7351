import QtQuick
import QtQuick.Templates as T

// The name of a group of rows; a collapsible one is a button.
T.AbstractButton {
    id: root

    property bool collapsible: false
    property bool collapsed: false
    property alias actions: actionRow.data

    signal folded

    implicitWidth: 240
    implicitHeight: Math.max(Theme.smallControlHeight, label.implicitHeight + Theme.spaceS)
    focusPolicy: collapsible ? Qt.StrongFocus : Qt.NoFocus
    activeFocusOnTab: collapsible
    hoverEnabled: collapsible
    onClicked: if (collapsible)
        folded()
    Accessible.role: collapsible ? Accessible.Button : Accessible.Heading
    Accessible.onPressAction: clicked()
    Accessible.name: text
    Accessible.description: collapsible ? (collapsed ? qsTr("Collapsed") : qsTr("Expanded")) : ""
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    contentItem: Item {
        Icon {
            id: arrow
            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            visible: root.collapsible
            name: root.collapsed ? (root.mirrored ? "chevron-left" : "chevron-right") : "chevron-down"
            size: Theme.fontCaption
            color: label.color
        }
        GText {
            id: label
            anchors.left: arrow.visible ? arrow.right : parent.left
            anchors.leftMargin: arrow.visible ? Theme.spaceXs : 0
            anchors.right: actionRow.left
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            kind: GText.Overline
            color: root.hovered ? Theme.text : Theme.muted
            Accessible.ignored: true
        }
        Row {
            id: actionRow
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
        }
        KeyboardFocusRing {
            active: root.visualFocus
        }
    }
}
