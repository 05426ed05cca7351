import QtQuick
import Guildhall.Composer
import Guildhall.Ui

// The field with its buttons: attach, emoji, send.
Rectangle {
    id: root

    required property ComposerModel model
    required property CompletionPopup offers
    readonly property alias area: field.area
    readonly property bool edits: model.editId !== ""

    signal filesRequested
    signal emojiRequested(Item near)
    signal editLastRequested
    signal timelineRequested
    signal written(string text, int cursor)

    implicitHeight: field.height + 2
    radius: Theme.radiusL
    color: Theme.field
    border.width: Theme.borderWidth
    border.color: field.area.activeFocus ? Theme.focus : Theme.outline

    IconButton {
        id: plus
        anchors.left: parent.left
        anchors.leftMargin: Theme.spaceXs
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Math.max(0, (Theme.controlHeight - height) / 2)
        enabled: root.model.mayAttach && !root.edits
        iconName: "circle-plus"
        text: qsTr("Attach files")
        onClicked: root.filesRequested()
    }
    ComposerField {
        id: field
        anchors.left: plus.right
        anchors.right: smile.left
        height: implicitHeight
        popupOpen: root.offers.visible
        onCompletionKey: key => root.offers.press(key)
        onWritten: (text, cursor) => root.written(text, cursor)
        y: 1
        model: root.model
        placeholder: root.model.reason !== "" ? qsTr("You cannot write here") : qsTr("Message %1").arg(root.model.channelName)
        onEditLastRequested: root.editLastRequested()
        onTimelineRequested: root.timelineRequested()
    }
    IconButton {
        id: smile
        anchors.right: send.left
        anchors.bottom: plus.bottom
        enabled: root.model.reason === ""
        iconName: "smile"
        text: qsTr("Emoji")
        onClicked: root.emojiRequested(smile)
    }
    IconButton {
        id: send
        anchors.right: parent.right
        anchors.rightMargin: Theme.spaceXs
        anchors.bottom: plus.bottom
        enabled: root.model.canSend
        iconName: root.edits ? "check" : "send"
        text: root.edits ? qsTr("Save the change") : qsTr("Send")
        shortcutText: qsTr("Enter")
        onClicked: root.model.send()
    }
}
