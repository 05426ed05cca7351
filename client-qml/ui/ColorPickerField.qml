pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T

// A colour: one of some, or any by its number. The arrow keys go along the swatches. It shows the
// `color` that it is given: who is told of one picked gives it back.
FocusScope {
    id: root

    property string label: ""
    property color color: "transparent"
    property bool allowNone: true
    property list<color> presets: ["#1abc9c", "#2ecc71", "#3498db", "#9b59b6", "#e91e63", "#f1c40f", "#e67e22", "#e74c3c", "#95a5a6", "#607d8b", "#11806a", "#1f8b4c", "#206694", "#71368a", "#ad1457", "#c27c0e"]

    readonly property string number: color.a > 0 ? String(color).slice(-6).toUpperCase() : ""

    signal picked(color color)

    function pickNumber(text: var) {
        if (/^#?[0-9a-f]{6}$/i.test(text))
            picked("#" + text.slice(-6));
    }

    implicitWidth: 280
    implicitHeight: column.implicitHeight

    Column {
        id: column
        width: parent.width
        spacing: Theme.spaceS

        GText {
            visible: text !== ""
            text: root.label
            kind: GText.Small
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
        Flow {
            id: swatches
            width: parent.width
            spacing: Theme.spaceS

            Repeater {
                model: (root.allowNone ? ["transparent"] : []).concat(Array.from(root.presets))

                T.AbstractButton {
                    id: swatch

                    required property color modelData
                    readonly property bool none: modelData.a === 0
                    readonly property bool current: Qt.colorEqual(modelData, root.color) || (none && root.color.a === 0)

                    width: Math.round((Theme.isPhone ? 44 : 28) * Math.max(1, Theme.fontScale))
                    height: width
                    text: none ? qsTr("No colour") : qsTr("Colour %1").arg(String(modelData).slice(-6).toUpperCase())
                    focusPolicy: Qt.StrongFocus
                    hoverEnabled: true
                    onClicked: root.picked(modelData)
                    Accessible.role: Accessible.RadioButton
                    Accessible.onPressAction: clicked()
                    Accessible.name: text
                    Accessible.checkable: true
                    Accessible.checked: current
                    Keys.onReturnPressed: clicked()
                    Keys.onLeftPressed: nextItemInFocusChain(mirrored).forceActiveFocus(Qt.TabFocusReason)
                    Keys.onRightPressed: nextItemInFocusChain(!mirrored).forceActiveFocus(Qt.TabFocusReason)

                    contentItem: Item {
                        Icon {
                            anchors.centerIn: parent
                            name: swatch.none ? "slash" : "check"
                            visible: swatch.none || swatch.current
                            size: Theme.iconSmall
                            color: swatch.none ? Theme.muted : swatch.modelData.hslLightness > 0.55 ? "#000000" : "#ffffff"
                        }
                    }
                    background: Rectangle {
                        radius: Theme.radiusM
                        color: swatch.modelData
                        border.width: swatch.none || swatch.hovered || swatch.current ? Math.max(1, Theme.borderWidth) : 0
                        border.color: swatch.current ? Theme.text : Theme.outline

                        KeyboardFocusRing {
                            active: swatch.visualFocus
                        }
                    }
                }
            }
        }
        TextInputField {
            id: field
            width: Math.min(parent.width, 200)
            focus: true
            text: root.number
            placeholderText: "RRGGBB"
            accessibleName: qsTr("%1, as six digits").arg(root.label)
            maximumLength: 7
            onEdited: root.pickNumber(text)

            trailing: Rectangle {
                width: Math.round(20 * Theme.fontScale)
                height: width
                radius: Theme.radiusS
                color: root.color
                border.width: 1
                border.color: Theme.outline
            }
        }
    }
}
