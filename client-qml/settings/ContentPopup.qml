import QtQuick
import QtQuick.Templates as T
import Guildhall.Ui

// A dialog around a XContent, which exists only while it is open. Small ones have a title bar;
// large ones bring their own.
T.Popup {
    id: root

    required property Component body
    property string title: ""
    property bool large: false
    property Item returnTo: null

    readonly property real margin: Theme.isPhone ? 0 : Theme.spaceXl
    readonly property Item content: loader.item as Item

    // Away, unless the content asks whether to drop what was not saved.
    function leave() {
        content?.back ? content.back() : close();
    }

    parent: T.Overlay.overlay
    width: parent ? Math.min(large ? 1040 : 520, parent.width - 2 * margin) : 520
    height: parent ? Math.min(large ? 760 : bar.height + (content?.implicitHeight ?? 0) + Theme.spaceL, parent.height - 2 * margin) : 400
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: parent ? Math.round((parent.height - height) / 2) : 0
    padding: 0
    modal: true
    focus: true
    closePolicy: T.Popup.NoAutoClose // the content may have a question first
    onAboutToShow: {
        const entry = parent.Window.activeFocusItem as MenuEntry;
        returnTo = entry ? (entry.menu as Menu).opener : parent.Window.activeFocusItem;
    }
    onClosed: if (returnTo)
        returnTo.forceActiveFocus(Qt.PopupFocusReason)

    T.Overlay.modal: Scrim {
    }

    contentItem: DialogGround {
        Accessible.name: root.title
        Keys.onEscapePressed: root.leave()
        Keys.onBackPressed: root.leave()

        Item {
            id: bar
            width: parent.width
            height: root.large ? 0 : Theme.headerHeight + Theme.spaceS
            visible: !root.large

            GText {
                anchors.left: parent.left
                anchors.leftMargin: Theme.spaceXl
                anchors.right: cross.left
                anchors.verticalCenter: parent.verticalCenter
                text: root.title
                kind: GText.Heading
            }
            IconButton {
                id: cross
                anchors.right: parent.right
                anchors.rightMargin: Theme.spaceM
                anchors.verticalCenter: parent.verticalCenter
                iconName: "x"
                text: qsTr("Close")
                onClicked: root.leave()
            }
        }
        Loader {
            id: loader
            anchors.top: bar.bottom
            anchors.bottom: parent.bottom
            width: parent.width
            focus: true
            active: root.visible
            sourceComponent: root.body
            onLoaded: (item as Item).focus = true
        }
    }

    background: Rectangle {
        radius: Theme.isPhone ? 0 : Theme.radiusL
        color: Theme.elevated
        border.width: Theme.borderWidth
        border.color: Theme.divider
    }
}
