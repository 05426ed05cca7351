import QtQuick
import QtQuick.Templates as T

// What one can do with something: a menu at the pointer, or, on a phone, a sheet from below with
// rows for a finger. Fill it with MenuEntry and MenuLine and open it with openAt or openBelow.
T.Menu {
    id: root

    property bool sheet: Theme.isPhone
    property string heading: ""
    property point spot: Qt.point(0, 0)
    property Item opener: null
    property bool held: false // nobody else has taken the focus, such as a dialog that an entry opened

    // Opens beside a point of an item, such as where it was clicked.
    function openAt(item: Item, px: real, py: real) {
        opener = item;
        spot = item.mapToItem(null, px, py);
        currentIndex = -1;
        open();
    }
    // Opens under an item, or above it where there is no room, as a button's menu does; the first
    // entry is ready for the keyboard.
    function openBelow(item: Item) {
        openAt(item, mirrored ? item.width - width : 0, item.height + Theme.spaceXs);
        if (spot.y + height > room && spot.y > room / 2)
            spot.y -= height + item.height + 2 * Theme.spaceXs;
        currentIndex = 0;
    }

    readonly property real room: parent ? parent.height - margins : 0
    readonly property real widest: {
        let most = 200 - leftPadding - rightPadding;
        for (let i = 0; i < count; ++i)
            most = Math.max(most, itemAt(i)?.implicitWidth ?? 0);
        return Math.ceil(most) + leftPadding + rightPadding;
    }

    parent: T.Overlay.overlay
    x: sheet ? 0 : spot.x
    y: sheet ? (parent ? parent.height - height : 0) : spot.y
    margins: sheet ? 0 : Theme.spaceS
    width: sheet ? (parent ? parent.width : 0) : Math.min(widest, (parent ? parent.width : widest) - 2 * margins)
    height: Math.min(contentItem.implicitHeight + topPadding + bottomPadding, (parent ? parent.height : 0) * (sheet ? 0.8 : 1) - 2 * margins)
    padding: sheet ? Theme.spaceS : 6
    topPadding: sheet ? (heading === "" ? Theme.spaceXl : Theme.spaceXl + title.height + Theme.spaceXs) : padding
    modal: sheet
    dim: sheet
    focus: true
    overlap: 1
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onAboutToHide: held = activeFocus
    onClosed: if (held && opener)
        opener.forceActiveFocus(Qt.PopupFocusReason)

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

    contentItem: ListView {
        implicitHeight: contentHeight
        model: root.contentModel
        interactive: contentHeight > height
        clip: interactive
        currentIndex: root.currentIndex
        boundsBehavior: Flickable.StopAtBounds
    }

    background: FloatingGround {
        Rectangle {
            visible: root.sheet
            anchors.horizontalCenter: parent.horizontalCenter
            y: Theme.spaceS + 2
            width: 36
            height: 4
            radius: 2
            color: Theme.outline
        }
        GText {
            id: title
            x: Theme.spaceL
            y: Theme.spaceXl
            width: parent.width - 2 * Theme.spaceL
            visible: root.sheet && text !== ""
            kind: GText.Title
            text: root.heading
        }
    }

    delegate: MenuEntry {
    }
}
