import QtQuick
import Guildhall.Ui

// One permission: whether somebody has it, and the whole sentence that says why.
Item {
    id: root

    required property string name
    required property bool allowed
    required property string why
    property bool stressed: false

    implicitHeight: words.implicitHeight + 2 * Theme.spaceS
    Accessible.role: Accessible.ListItem
    Accessible.name: (allowed ? qsTr("%1: allowed. %2") : qsTr("%1: not allowed. %2")).arg(name).arg(why)

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusM
        color: Theme.selected
        visible: root.stressed
    }
    Icon {
        id: mark
        anchors.left: parent.left
        anchors.leftMargin: Theme.spaceS
        anchors.verticalCenter: parent.verticalCenter
        name: root.allowed ? "circle-check" : "circle-x"
        color: root.allowed ? Theme.positive : Theme.danger
    }
    Column {
        id: words
        anchors.left: mark.right
        anchors.leftMargin: Theme.spaceM
        anchors.right: parent.right
        anchors.rightMargin: Theme.spaceS
        anchors.verticalCenter: parent.verticalCenter

        GText {
            width: parent.width
            text: root.name
            font.pixelSize: Theme.fontControl
            font.weight: root.stressed ? Font.DemiBold : Font.Normal
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
        GText {
            width: parent.width
            text: root.why
            kind: GText.Caption
            muted: true
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
    }
}
