import QtQuick

// A place with nothing in it yet: why, and what to do about it.
Item {
    id: root

    required property string iconName
    required property string title
    property string text: ""
    property string actionText: ""

    signal action

    implicitWidth: 320
    implicitHeight: column.implicitHeight + 2 * Theme.spaceXl

    Column {
        id: column
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.spaceXl, 360)
        spacing: Theme.spaceS

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.round(64 * Theme.fontScale)
            height: width
            radius: width / 2
            color: Theme.hover

            Icon {
                anchors.centerIn: parent
                name: root.iconName
                size: Theme.iconLarge
                color: Theme.muted
            }
        }
        Item {
            width: 1
            height: Theme.spaceXs
        }
        GText {
            width: parent.width
            text: root.title
            kind: GText.Title
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
        }
        GText {
            width: parent.width
            visible: text !== ""
            text: root.text
            font.pixelSize: Theme.fontControl
            muted: true
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
        }
        Item {
            width: 1
            height: Theme.spaceXs
            visible: button.visible
        }
        GButton {
            id: button
            anchors.horizontalCenter: parent.horizontalCenter
            visible: root.actionText !== ""
            kind: GButton.Primary
            text: root.actionText
            onClicked: root.action()
        }
    }
}
