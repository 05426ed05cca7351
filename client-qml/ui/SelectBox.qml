pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T

// One of several, in a list that opens under the box, or from below on a phone.
FocusScope {
    id: root

    property alias model: box.model
    property alias textRole: box.textRole
    property alias valueRole: box.valueRole
    property alias currentIndex: box.currentIndex
    readonly property alias currentText: box.currentText
    readonly property alias currentValue: box.currentValue
    readonly property alias count: box.count
    property alias label: frame.label
    property alias hint: frame.hint
    property alias error: frame.error
    property string accessibleName: label

    signal activated(int index)

    function indexOfValue(value: var): int {
        return box.indexOfValue(value);
    }

    implicitWidth: frame.implicitWidth
    implicitHeight: frame.implicitHeight
    opacity: enabled ? 1 : 0.5

    FieldFrame {
        id: frame
        width: parent.width

        T.ComboBox {
            id: box

            // Enter opens the list when it is let go: the box itself would close it again then.
            property bool armed: false

            function arm(): bool {
                armed = !popup.visible;
                return armed;
            }
            function release(): bool {
                const opens = armed;
                armed = false;
                if (opens)
                    popup.open();
                return opens;
            }

            anchors.fill: parent
            focus: true
            hoverEnabled: true
            onActivated: index => root.activated(index)
            Accessible.role: Accessible.ComboBox
            Accessible.name: root.accessibleName
            Accessible.description: displayText
            Keys.onReturnPressed: event => event.accepted = arm()
            Keys.onEnterPressed: event => event.accepted = arm()
            Keys.onReleased: event => event.accepted = release()

            contentItem: GText {
                leftPadding: box.mirrored ? 40 : Theme.spaceM
                rightPadding: box.mirrored ? Theme.spaceM : 40
                text: box.displayText
                font.pixelSize: Theme.fontControl
                verticalAlignment: Text.AlignVCenter
                Accessible.ignored: true
            }
            indicator: Icon {
                x: box.mirrored ? Theme.spaceM : box.width - width - Theme.spaceM
                y: (box.height - height) / 2
                name: "chevron-down"
                size: Theme.iconSmall
                color: Theme.muted
            }
            background: FieldBackground {
                focused: box.visualFocus || box.popup.visible
                invalid: root.error !== ""
            }
            delegate: T.ItemDelegate {
                id: option

                required property int index
                readonly property bool current: box.currentIndex === index

                width: ListView.view ? ListView.view.width : 0
                height: Theme.rowHeight
                text: box.textAt(index)
                highlighted: box.highlightedIndex === index
                hoverEnabled: true
                Accessible.role: Accessible.ListItem
                Accessible.name: text
                Accessible.selected: current

                contentItem: Item {
                    GText {
                        anchors.left: parent.left
                        anchors.right: tick.left
                        anchors.leftMargin: Theme.spaceM
                        anchors.verticalCenter: parent.verticalCenter
                        text: option.text
                        font.pixelSize: Theme.fontControl
                        font.weight: option.current ? Font.DemiBold : Font.Normal
                        Accessible.ignored: true
                    }
                    Icon {
                        id: tick
                        anchors.right: parent.right
                        anchors.rightMargin: Theme.spaceM
                        anchors.verticalCenter: parent.verticalCenter
                        name: "check"
                        size: Theme.iconSmall
                        color: Theme.accentText
                        visible: option.current
                    }
                }
                background: Rectangle {
                    radius: Theme.radiusM - 2
                    color: option.highlighted || option.hovered ? Theme.hover : "transparent"
                }
            }
            popup: SelectPopup {
                opener: box
                model: box.delegateModel
                highlighted: box.highlightedIndex
                heading: root.accessibleName
            }
        }
    }
}
