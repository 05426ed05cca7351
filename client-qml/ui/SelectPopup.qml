import QtQuick
import QtQuick.Templates as T

// The list of a SelectBox.
T.Popup {
    id: root

    required property Item opener
    required property var model
    required property int highlighted
    property string heading: ""

    readonly property bool sheet: Theme.isPhone
    readonly property real room: parent ? parent.height : 0
    readonly property point spot: visible && opener ? opener.mapToItem(null, 0, 0) : Qt.point(0, 0)
    readonly property bool above: spot.y + opener.height + height + Theme.spaceS > room && spot.y > room / 2

    parent: T.Overlay.overlay
    x: sheet ? 0 : spot.x
    y: sheet ? room - height : above ? spot.y - height - Theme.spaceXs : spot.y + opener.height + Theme.spaceXs
    width: sheet ? (parent ? parent.width : 0) : opener.width
    height: Math.min(list.contentHeight + topPadding + bottomPadding, sheet ? room * 0.7 : 320)
    padding: sheet ? Theme.spaceS : 6
    topPadding: sheet ? Theme.spaceXl + title.height + Theme.spaceXs : padding
    modal: sheet
    dim: sheet

    T.Overlay.modal: Scrim {
    }

    contentItem: ListView {
        id: list
        implicitHeight: contentHeight
        model: root.model
        currentIndex: root.highlighted
        clip: interactive
        interactive: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: ScrollBar {
        }
    }

    background: FloatingGround {
        GText {
            id: title
            x: Theme.spaceL
            y: Theme.spaceL
            width: parent.width - 2 * Theme.spaceL
            height: text === "" ? 0 : implicitHeight
            visible: root.sheet
            kind: GText.Title
            text: root.heading
        }
    }
}
