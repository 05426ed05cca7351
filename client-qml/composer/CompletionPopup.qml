import QtQuick
import Guildhall.Composer
import Guildhall.Ui

// What the word before the cursor may become; the keyboard stays in the text field.
Rectangle {
    id: root

    required property SuggestionModel completion
    readonly property alias row: list.currentIndex // below 0: none is chosen yet

    signal chosen(int row)

    function press(key: int) {
        if (key === Qt.Key_Up)
            list.currentIndex = (Math.max(0, list.currentIndex) + list.count - 1) % list.count;
        else if (key === Qt.Key_Down)
            list.currentIndex = (list.currentIndex + 1) % list.count;
        else if (key === Qt.Key_Return)
            chosen(Math.max(0, list.currentIndex));
        else
            completion.clear();
    }

    visible: completion.count > 0
    height: visible ? Math.min(list.contentHeight, 8 * Theme.rowHeight) + Theme.spaceS : 0
    radius: Theme.radiusL
    color: Theme.elevated
    border.width: Theme.borderWidth
    border.color: Theme.divider
    Accessible.role: Accessible.PopupMenu
    Accessible.name: list.currentItem ? qsTr("%n suggestion(s), chosen: %1", "", list.count).arg(list.currentItem.Accessible.name) : ""

    ListView {
        id: list
        anchors.fill: parent
        anchors.margins: Theme.spaceXs
        model: root.completion
        interactive: contentHeight > height
        clip: interactive
        currentIndex: 0
        delegate: Rectangle {
            id: row

            required property int index
            required property string shown
            required property string detail
            required property string picture
            required property string label
            required property string icon

            width: list.width
            height: Theme.rowHeight
            radius: Theme.radiusM
            color: ListView.isCurrentItem ? Theme.selected : over.hovered ? Theme.hover : "transparent"
            Accessible.role: Accessible.MenuItem
            Accessible.name: detail === "" ? label : label + ", " + detail
            Accessible.onPressAction: root.chosen(index)

            Image {
                id: face
                anchors.left: parent.left
                anchors.leftMargin: Theme.spaceS
                anchors.verticalCenter: parent.verticalCenter
                width: Theme.iconMedium
                height: width
                source: row.picture
                sourceSize.width: width
                sourceSize.height: height
                asynchronous: true

                Icon {
                    anchors.centerIn: parent
                    visible: row.icon !== ""
                    name: row.icon
                    size: Theme.iconSmall
                    color: Theme.muted
                }
            }
            GText {
                id: name
                anchors.left: face.right
                anchors.leftMargin: Theme.spaceS
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, parent.width * 0.5)
                text: row.label
                Accessible.ignored: true
            }
            GText {
                anchors.left: name.right
                anchors.right: parent.right
                anchors.margins: Theme.spaceS
                anchors.verticalCenter: parent.verticalCenter
                text: row.detail
                kind: GText.Caption
                muted: true
                Accessible.ignored: true
            }
            HoverHandler {
                id: over
            }
            TapHandler {
                onTapped: root.chosen(row.index)
            }
        }
    }
    Connections {
        target: root.completion
        function onModelReset() {
            list.currentIndex = root.completion.eager ? 0 : -1;
        }
    }
}
