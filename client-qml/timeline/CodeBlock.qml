import QtQuick
import Guildhall.Ui

// Code in colour, in a box that scrolls sideways, with a way to copy it.
Rectangle {
    id: root

    required property string html
    required property string source
    required property string language
    required property bool covered

    signal revealed
    signal copied

    implicitHeight: covered ? Theme.controlHeight : words.implicitHeight + 2 * Theme.spaceS
    radius: Theme.radiusM
    color: Theme.codeBackground
    border.width: Theme.borderWidth
    border.color: Theme.divider
    Accessible.role: Accessible.StaticText
    Accessible.name: covered ? qsTr("Hidden code") : language === "" ? qsTr("Code") : qsTr("Code, %1").arg(language)

    Flickable {
        id: flick
        anchors.fill: parent
        anchors.margins: Theme.spaceS
        visible: !root.covered
        clip: true
        contentWidth: Math.max(width, words.implicitWidth)
        contentHeight: height
        flickableDirection: Flickable.HorizontalFlick
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentWidth > width

        Text {
            id: words
            text: root.html
            textFormat: Text.StyledText
            font.family: Theme.monospaceFamily
            font.pixelSize: Theme.fontSmall
            color: Theme.text
            Accessible.ignored: true
        }
    }
    IconButton {
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: 2
        visible: !root.covered && (over.hovered || visualFocus || Theme.isPhone)
        activeFocusOnTab: false
        iconName: "copy"
        iconSize: Theme.iconSmall
        text: qsTr("Copy code")
        onClicked: root.copied()
    }
    GButton {
        anchors.centerIn: parent
        visible: root.covered
        small: true
        kind: GButton.Ghost
        iconName: "eye"
        text: qsTr("Show spoiler")
        onClicked: root.revealed()
    }
    HoverHandler {
        id: over
    }
}
