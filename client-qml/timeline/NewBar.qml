import QtQuick
import Guildhall.Ui

// "12 new messages since 14:05": a press goes to the first of them.
Rectangle {
    id: root

    required property int count
    required property string since

    signal pressed
    signal dismissed

    implicitHeight: Theme.smallControlHeight
    radius: Theme.radiusM
    color: Theme.accent
    activeFocusOnTab: true
    Accessible.role: Accessible.Button
    Accessible.name: label.text
    Accessible.focusable: true
    Accessible.onPressAction: pressed()
    Keys.onReturnPressed: pressed()
    Keys.onEnterPressed: pressed()
    Keys.onSpacePressed: pressed()

    KeyboardFocusRing {
        active: root.activeFocus
    }

    GText {
        id: label
        anchors.left: parent.left
        anchors.leftMargin: Theme.spaceM
        anchors.right: done.left
        anchors.verticalCenter: parent.verticalCenter
        text: qsTr("%n new message(s) since %1", "", root.count).arg(root.since)
        kind: GText.Small
        font.weight: Font.DemiBold
        color: Theme.accentInk
        Accessible.ignored: true
    }
    TapHandler {
        onTapped: root.pressed()
    }
    HoverHandler {
        cursorShape: Qt.PointingHandCursor
    }
    IconButton {
        id: done
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        implicitHeight: Math.min(parent.height, Theme.smallControlHeight)
        iconName: "check-check"
        iconSize: Theme.iconSmall
        iconColor: Theme.accentInk
        text: qsTr("Mark as read")
        onClicked: root.dismissed()
    }
}
