import QtQuick
import QtQuick.Templates as T

// Something for the moment, above the page: from below on a phone, where a swipe down closes it,
// and in the middle of a desktop. It has a title and a way out; the content brings its own buttons.
T.Popup {
    id: root

    property string title: ""
    property real wantedWidth: 520
    property real wantedHeight: 0 // 0: as the content has it
    property Item returnTo: null
    property bool held: false // nobody else has taken the focus, such as a dialog that it opened
    default property alias content: holder.data

    readonly property real roomHeight: parent ? parent.height : 0
    readonly property real bar: Theme.headerHeight

    parent: T.Overlay.overlay
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: Math.round(Theme.isPhone ? roomHeight - height : (roomHeight - height) * 0.4)
    width: parent ? Math.min(wantedWidth, parent.width - (Theme.isPhone ? 0 : 2 * Theme.spaceXl)) : wantedWidth
    height: Math.min(bar + (wantedHeight > 0 ? wantedHeight : holder.childrenRect.height) + bottomPadding, roomHeight - (Theme.isPhone ? Theme.spaceXxl : 2 * Theme.spaceXl))
    padding: Theme.isPhone ? Theme.spaceL : Theme.spaceXl
    topPadding: 0
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onAboutToShow: {
        const entry = parent.Window.activeFocusItem as MenuEntry;
        returnTo = entry ? (entry.menu as Menu).opener : parent.Window.activeFocusItem;
    }
    onOpened: (holder.nextItemInFocusChain(true) as Item).forceActiveFocus(Qt.TabFocusReason)
    onAboutToHide: held = activeFocus
    onClosed: if (held && returnTo)
        returnTo.forceActiveFocus(Qt.PopupFocusReason)

    T.Overlay.modal: Scrim {
    }

    enter: Transition {
        NumberAnimation {
            property: "opacity"
            from: 0
            to: 1
            duration: Theme.quick
        }
    }

    contentItem: DialogGround {
        Accessible.name: root.title

        Item {
            id: head

            property real dragged: 0

            width: parent.width
            height: root.bar

            GText {
                anchors.left: parent.left
                anchors.right: closeButton.left
                anchors.verticalCenter: parent.verticalCenter
                text: root.title
                kind: GText.Title
            }
            IconButton {
                id: closeButton
                anchors.right: parent.right
                anchors.rightMargin: -Theme.spaceS
                anchors.verticalCenter: parent.verticalCenter
                iconName: "x"
                text: qsTr("Close")
                onClicked: root.close()
            }
            DragHandler {
                target: null
                enabled: Theme.isPhone
                xAxis.enabled: false
                onCentroidChanged: if (active)
                    head.dragged = centroid.scenePosition.y - centroid.scenePressPosition.y
                onActiveChanged: if (!active && head.dragged > 80)
                    root.close()
            }
        }
        ScrollArea {
            anchors.fill: parent
            anchors.topMargin: head.height
            contentHeight: holder.height
            clip: interactive

            Item {
                id: holder
                width: parent.width
                height: root.wantedHeight > 0 ? parent.parent.height : childrenRect.height
            }
        }
    }

    background: FloatingGround {
        Rectangle {
            visible: Theme.isPhone
            anchors.horizontalCenter: parent.horizontalCenter
            y: 6
            width: 36
            height: 4
            radius: 2
            color: Theme.outline
        }
    }
}
