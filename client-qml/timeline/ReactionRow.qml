import QtQuick
import QtQuick.Templates as T
import Guildhall.Ui

// Reactions with their counts; a press adds or takes back one's own.
Flow {
    id: root

    required property var reactions
    property string people: "" // who gave the one of `peopleOf`
    property string peopleOf: ""

    signal toggled(string code)
    signal asked(string code)
    signal added(Item near)

    spacing: Theme.spaceXs

    Repeater {
        model: root.reactions

        T.AbstractButton {
            id: chip

            required property var modelData

            implicitWidth: Math.round(label.implicitWidth + sign.width + 3 * Theme.spaceS)
            implicitHeight: Math.round(26 * Theme.fontScale)
            hoverEnabled: true
            activeFocusOnTab: false
            text: qsTr("%1: %n", "", modelData.count).arg(modelData.name)
            Accessible.role: Accessible.CheckBox
            Accessible.onPressAction: clicked()
            Accessible.name: qsTr("Reaction %1, %n people", "", modelData.count).arg(modelData.name)
            Accessible.checkable: true
            Accessible.checked: modelData.mine
            onClicked: root.toggled(modelData.code)
            onHoveredChanged: if (hovered)
                root.asked(modelData.code)

            background: Rectangle {
                radius: Theme.radiusM
                color: chip.modelData.mine ? Theme.selected : chip.hovered ? Theme.hover : Theme.field
                border.width: Theme.borderWidth
                border.color: chip.modelData.mine ? Theme.accent : Theme.divider
            }
            contentItem: Item {
                Text {
                    id: sign
                    anchors.left: parent.left
                    anchors.leftMargin: Theme.spaceS
                    anchors.verticalCenter: parent.verticalCenter
                    width: chip.modelData.picture === "" ? Math.min(implicitWidth, 120) : Theme.iconSmall
                    text: chip.modelData.text
                    textFormat: Text.PlainText
                    elide: Text.ElideRight
                    font.family: "Noto Color Emoji"
                    font.pixelSize: Theme.fontBody
                    color: Theme.text

                    Image {
                        anchors.fill: parent
                        visible: chip.modelData.picture !== ""
                        source: chip.modelData.picture
                        sourceSize.width: Theme.iconSmall
                        sourceSize.height: Theme.iconSmall
                        fillMode: Image.PreserveAspectFit
                        asynchronous: true
                    }
                }
                GText {
                    id: label
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.spaceS
                    anchors.verticalCenter: parent.verticalCenter
                    text: chip.modelData.count
                    kind: GText.Caption
                    font.weight: Font.DemiBold
                    color: chip.modelData.mine ? Theme.accentText : Theme.muted
                    Accessible.ignored: true
                }
            }
            Loader {
                anchors.fill: parent
                active: chip.hovered && root.people !== "" && root.peopleOf === chip.modelData.code && !Theme.isPhone
                sourceComponent: Tooltip {
                    text: root.people
                    visible: true
                }
            }
        }
    }
    IconButton {
        implicitHeight: Math.round(26 * Theme.fontScale)
        implicitWidth: implicitHeight + Theme.spaceXs
        activeFocusOnTab: false
        iconName: "smile-plus"
        iconSize: Theme.iconSmall
        text: qsTr("Add a reaction")
        onClicked: root.added(this)
    }
}
