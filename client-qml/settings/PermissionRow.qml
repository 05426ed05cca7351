import QtQuick
import Guildhall.Ui

// One permission: what it is called and does, that it is dangerous, why it is locked.
Item {
    id: root

    required property string key
    required property string name
    required property string description
    required property string group
    required property int choice
    required property bool dangerous
    required property bool locked
    required property string reason
    property bool showsGroup: false
    property bool threeStates: false
    property bool hidden: false

    signal chosen(int value)

    implicitHeight: hidden ? 0 : (showsGroup ? heading.height : 0) + Math.max(words.implicitHeight, Theme.controlHeight) + Theme.spaceS
    visible: !hidden

    GText {
        id: heading
        width: parent.width
        topPadding: Theme.spaceS
        visible: root.showsGroup
        text: root.group
        kind: GText.Overline
        muted: true
        Accessible.role: Accessible.Heading
    }
    Column {
        id: words
        anchors.left: parent.left
        anchors.right: ends.left
        anchors.rightMargin: Theme.spaceM
        anchors.top: root.showsGroup ? heading.bottom : parent.top
        anchors.topMargin: Theme.spaceXs
        spacing: 1

        Row {
            width: parent.width
            spacing: Theme.spaceXs

            GText {
                width: parent.width - (mark.visible ? mark.width + parent.spacing : 0)
                text: root.name
                font.pixelSize: Theme.fontControl
                font.weight: Font.Medium
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
            Icon {
                id: mark
                anchors.verticalCenter: parent.verticalCenter
                visible: root.dangerous
                name: "shield-alert"
                size: Theme.iconSmall
                color: Theme.warning
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("Dangerous in the wrong hands")
            }
        }
        GText {
            width: parent.width
            text: root.description
            kind: GText.Caption
            muted: true
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
        GText {
            width: parent.width
            visible: root.locked && text !== ""
            text: root.reason
            kind: GText.Caption
            color: Theme.warning
            wrapMode: Text.Wrap
        }
    }
    Loader {
        id: ends
        anchors.right: parent.right
        anchors.top: words.top
        sourceComponent: root.threeStates ? three : two
    }
    Component {
        id: two

        Toggle {
            implicitWidth: Math.round(44 * Theme.fontScale)
            checked: root.choice > 0
            enabled: !root.locked
            Accessible.name: root.name
            Accessible.description: root.description
            onToggled: root.chosen(checked ? 1 : 0)
        }
    }
    Component {
        id: three

        TriState {
            value: root.choice
            about: root.name
            enabled: !root.locked
            onChosen: value => root.chosen(value)
        }
    }
}
