import QtQuick
import QtQuick.Templates as T

// A role, a tag or a filter, which may be taken away: by its cross, or by Delete.
T.Button {
    id: root

    property color color: "transparent" // a role's; transparent: none
    property bool removable: false
    property string iconName: ""

    signal removed

    implicitWidth: row.implicitWidth + leftPadding + rightPadding
    implicitHeight: Theme.isPhone ? Math.max(32, Theme.smallControlHeight - 8) : Math.round(26 * Theme.fontScale)
    leftPadding: Theme.spaceS + 2
    rightPadding: Theme.spaceS + 2
    hoverEnabled: true
    Accessible.role: Accessible.Button
    Accessible.onPressAction: clicked()
    Accessible.name: text
    Accessible.description: removable ? qsTr("Delete removes it") : ""
    Keys.onDeletePressed: if (removable)
        removed()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    contentItem: Item {
        Row {
            id: row
            anchors.centerIn: parent
            spacing: 6

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.color.a > 0
                width: Math.round(10 * Theme.fontScale)
                height: width
                radius: width / 2
                color: root.color
                border.width: Theme.scheme === "contrast" ? 1 : 0
                border.color: Theme.outline
            }
            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: root.iconName
                visible: root.iconName !== ""
                size: Theme.fontSmall
                color: Theme.muted
            }
            GText {
                anchors.verticalCenter: parent.verticalCenter
                text: root.text
                kind: GText.Small
                Accessible.ignored: true
            }
            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: "x"
                visible: root.removable
                size: Theme.fontSmall + 1
                color: cross.containsMouse ? Theme.danger : Theme.muted

                MouseArea {
                    id: cross
                    anchors.fill: parent
                    anchors.margins: Theme.isPhone ? -12 : -4
                    hoverEnabled: true
                    onClicked: root.removed()
                }
            }
        }
    }

    background: Rectangle {
        radius: Theme.radiusM - 1
        color: root.hovered ? Theme.pressed : Theme.hover
        border.width: Theme.borderWidth
        border.color: Theme.divider

        KeyboardFocusRing {
            active: root.visualFocus
        }
    }
}
