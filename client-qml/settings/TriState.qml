pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Guildhall.Ui

// Denied, as the roles say, or allowed. The arrow keys go from one to the next.
Row {
    id: root

    property int value: 0
    property string about: ""

    signal chosen(int value)

    readonly property var choices: [{
            "value": -1,
            "icon": "x",
            "name": qsTr("Deny")
        }, {
            "value": 0,
            "icon": "slash",
            "name": qsTr("As the roles say")
        }, {
            "value": 1,
            "icon": "check",
            "name": qsTr("Allow")
        }]
    readonly property list<color> inks: [Theme.danger, Theme.text, Theme.positive]
    readonly property list<color> tints: [Theme.dangerTint, Theme.selected, Theme.positiveTint]

    spacing: 2
    Accessible.role: Accessible.Grouping
    Accessible.name: about

    Repeater {
        model: root.choices

        T.AbstractButton {
            id: choice

            required property var modelData
            required property int index
            readonly property bool current: root.value === modelData.value

            width: Theme.isPhone ? Theme.controlHeight : Theme.smallControlHeight + Theme.spaceS
            height: Theme.isPhone ? Theme.controlHeight : Theme.smallControlHeight
            text: qsTr("%1: %2").arg(modelData.name).arg(root.about)
            focusPolicy: Qt.StrongFocus
            hoverEnabled: true
            opacity: enabled ? 1 : 0.5
            onClicked: root.chosen(modelData.value)
            Accessible.role: Accessible.RadioButton
            Accessible.onPressAction: clicked()
            Accessible.name: text
            Accessible.checkable: true
            Accessible.checked: current
            Keys.onReturnPressed: click()
            Keys.onLeftPressed: nextItemInFocusChain(mirrored).forceActiveFocus(Qt.TabFocusReason)
            Keys.onRightPressed: nextItemInFocusChain(!mirrored).forceActiveFocus(Qt.TabFocusReason)

            contentItem: Item {
                Icon {
                    anchors.centerIn: parent
                    name: choice.modelData.icon
                    size: Theme.iconSmall
                    color: choice.current ? root.inks[choice.index] : Theme.muted
                }
            }
            background: Rectangle {
                radius: Theme.radiusS
                color: choice.current ? root.tints[choice.index] : choice.hovered ? Theme.hover : "transparent"
                border.width: choice.current ? Theme.borderWidth : 0
                border.color: root.inks[choice.index]

                KeyboardFocusRing {
                    active: choice.visualFocus
                    gap: 0
                    radius: parent.radius
                }
            }
        }
    }
}
