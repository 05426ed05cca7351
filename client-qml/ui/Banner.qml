import QtQuick

// A line across a page about its state, with at most one thing to do about it.
Rectangle {
    id: root

    enum Tone {
        Info,
        Positive,
        Warning,
        Danger
    }

    required property string text
    property int tone: Banner.Info
    property string iconName: ["info", "circle-check", "triangle-alert", "circle-alert"][tone]
    property string actionText: ""
    property bool closable: false

    readonly property color ink: [Theme.accentText, Theme.positive, Theme.warning, Theme.danger][tone]
    readonly property bool stacked: width < 480 && actionText !== ""

    signal action
    signal closed

    implicitWidth: 400
    implicitHeight: Math.max(Theme.controlHeight + Theme.spaceS, words.implicitHeight + 2 * Theme.spaceM + (stacked ? button.height + Theme.spaceS : 0))
    radius: Theme.radiusM
    color: [Theme.infoTint, Theme.positiveTint, Theme.warningTint, Theme.dangerTint][tone]
    border.width: Theme.scheme === "contrast" ? Theme.borderWidth : 0
    border.color: ink
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Icon {
        id: mark
        anchors.left: parent.left
        anchors.leftMargin: Theme.spaceL
        anchors.verticalCenter: words.verticalCenter
        name: root.iconName
        size: Theme.iconMedium
        color: root.ink
    }
    GText {
        id: words
        anchors.left: mark.right
        anchors.leftMargin: Theme.spaceM
        anchors.right: !root.stacked && button.visible ? button.left : cross.visible ? cross.left : parent.right
        anchors.rightMargin: Theme.spaceM
        y: root.stacked ? Theme.spaceM : (parent.height - height) / 2
        text: root.text
        font.pixelSize: Theme.fontControl
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
    GButton {
        id: button
        anchors.left: root.stacked ? words.left : undefined
        anchors.right: root.stacked ? undefined : cross.visible ? cross.left : parent.right
        anchors.rightMargin: cross.visible ? Theme.spaceXs : Theme.spaceM
        y: root.stacked ? words.y + words.height + Theme.spaceS : (parent.height - height) / 2
        visible: root.actionText !== ""
        small: true
        text: root.actionText
        onClicked: root.action()
    }
    IconButton {
        id: cross
        anchors.right: parent.right
        anchors.rightMargin: Theme.spaceXs
        anchors.verticalCenter: words.verticalCenter
        visible: root.closable
        iconName: "x"
        iconSize: Theme.iconSmall
        text: qsTr("Dismiss")
        onClicked: root.closed()
    }
}
