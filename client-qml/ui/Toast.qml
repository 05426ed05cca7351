import QtQuick

// One passing note; ToastStack makes and removes it.
FloatingGround {
    id: root

    required property string text
    required property int tone
    required property string actionText

    signal action
    signal closed

    implicitWidth: Math.min(420, mark.width + words.implicitWidth + button.width + cross.width + 4 * Theme.spaceM)
    implicitHeight: Math.max(Theme.controlHeight, words.height) + Theme.spaceM
    radius: Theme.radiusM
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Rectangle {
        anchors.left: parent.left
        anchors.leftMargin: Theme.borderWidth
        anchors.verticalCenter: parent.verticalCenter
        width: 4
        height: parent.height - 2 * Theme.spaceS
        radius: 2
        color: mark.color
    }
    Icon {
        id: mark
        anchors.left: parent.left
        anchors.leftMargin: Theme.spaceM + 2
        anchors.verticalCenter: parent.verticalCenter
        name: ["info", "circle-check", "triangle-alert", "circle-alert"][root.tone]
        color: [Theme.accentText, Theme.positive, Theme.warning, Theme.danger][root.tone]
    }
    GText {
        id: words
        anchors.left: mark.right
        anchors.leftMargin: Theme.spaceM
        anchors.right: button.visible ? button.left : cross.left
        anchors.rightMargin: Theme.spaceS
        anchors.verticalCenter: parent.verticalCenter
        text: root.text
        font.pixelSize: Theme.fontControl
        wrapMode: Text.Wrap
        maximumLineCount: 4
        elide: Text.ElideRight
        Accessible.ignored: true
    }
    GButton {
        id: button
        anchors.right: cross.left
        anchors.verticalCenter: parent.verticalCenter
        visible: root.actionText !== ""
        width: visible ? implicitWidth : 0
        kind: GButton.Ghost
        small: true
        text: root.actionText
        onClicked: root.action()
    }
    IconButton {
        id: cross
        anchors.right: parent.right
        anchors.rightMargin: Theme.spaceXs
        anchors.verticalCenter: parent.verticalCenter
        iconName: "x"
        iconSize: Theme.iconSmall
        text: qsTr("Dismiss")
        onClicked: root.closed()
    }
}
