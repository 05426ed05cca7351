import QtQuick

// A page of the phone: a bar with a way back, a title and actions, and below it the content.
FocusScope {
    id: root

    property string title: ""
    property string subtitle: ""
    property bool backVisible: true
    property alias actions: actionRow.data
    default property alias content: holder.data

    signal back

    Keys.onEscapePressed: event => event.accepted = leave()
    Keys.onBackPressed: event => event.accepted = leave()

    function leave(): bool {
        if (backVisible)
            back();
        return backVisible;
    }

    Accessible.role: Accessible.Pane
    Accessible.name: title

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }
    Item {
        id: bar
        width: parent.width
        height: Theme.headerHeight

        IconButton {
            id: backButton
            anchors.left: parent.left
            anchors.leftMargin: Theme.spaceXs
            anchors.verticalCenter: parent.verticalCenter
            visible: root.backVisible
            iconName: LayoutMirroring.enabled ? "arrow-right" : "arrow-left"
            text: qsTr("Back")
            onClicked: root.back()
        }
        Column {
            anchors.left: backButton.visible ? backButton.right : parent.left
            anchors.right: actionRow.left
            anchors.leftMargin: backButton.visible ? Theme.spaceXs : Theme.spaceL
            anchors.verticalCenter: parent.verticalCenter

            GText {
                width: parent.width
                text: root.title
                kind: GText.Title
            }
            GText {
                width: parent.width
                visible: text !== ""
                text: root.subtitle
                kind: GText.Caption
                muted: true
            }
        }
        Row {
            id: actionRow
            anchors.right: parent.right
            anchors.rightMargin: Theme.spaceXs
            anchors.verticalCenter: parent.verticalCenter
        }
        Divider {
            anchors.bottom: parent.bottom
            width: parent.width
        }
    }
    Item {
        id: holder
        anchors.fill: parent
        anchors.topMargin: bar.height
    }
}
