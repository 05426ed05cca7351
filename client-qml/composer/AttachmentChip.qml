import QtQuick
import Guildhall.Ui

// A file that goes with the message: its picture, name and size; described, hidden, taken out.
Rectangle {
    id: root

    required property int index
    required property string name
    required property string size
    required property url picture
    required property string description
    required property bool spoiler

    signal described(string text)
    signal hiddenToggled(bool hidden)
    signal removed

    implicitWidth: 220
    implicitHeight: thumb.height + text.implicitHeight + alt.implicitHeight + Theme.spaceXl
    radius: Theme.radiusM
    color: Theme.elevated
    border.width: Theme.borderWidth
    border.color: Theme.divider
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("%1, %2").arg(name).arg(size)

    Item {
        id: thumb
        x: Theme.spaceS
        y: Theme.spaceS
        width: parent.width - 2 * Theme.spaceS
        height: 72

        Image {
            id: image
            anchors.fill: parent
            source: root.picture
            sourceSize.width: 440
            sourceSize.height: 144
            fillMode: Image.PreserveAspectFit
            asynchronous: true
            opacity: root.spoiler ? 0.2 : 1
        }
        Icon {
            anchors.centerIn: parent
            visible: image.status !== Image.Ready || root.spoiler
            name: root.spoiler ? "eye-off" : "file"
            size: Theme.iconLarge
            color: Theme.muted
        }
    }
    GText {
        id: text
        anchors.top: thumb.bottom
        anchors.left: thumb.left
        anchors.right: thumb.right
        text: root.name + " · " + root.size
        kind: GText.Caption
        elide: Text.ElideMiddle
        Accessible.ignored: true
    }
    TextInputField {
        id: alt
        anchors.top: text.bottom
        anchors.topMargin: Theme.spaceXs
        anchors.left: thumb.left
        anchors.right: thumb.right
        text: root.description
        maximumLength: 1024
        placeholderText: qsTr("Description")
        accessibleName: qsTr("Description of %1").arg(root.name)
        onEdited: root.described(text)
    }
    Row {
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: 2

        IconButton {
            checkable: true
            checked: root.spoiler
            iconName: root.spoiler ? "eye-off" : "eye"
            iconSize: Theme.iconSmall
            text: qsTr("Hide as a spoiler")
            onToggled: root.hiddenToggled(checked)
        }
        IconButton {
            iconName: "x"
            iconSize: Theme.iconSmall
            text: qsTr("Remove %1").arg(root.name)
            onClicked: root.removed()
        }
    }
}
