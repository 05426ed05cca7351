pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Ui

// Keeps what opens over the window: dialogs open and destroy themselves; a page of a phone lies over
// everything until it wants to go, and then the focus is where it was before.
Item {
    id: root

    property var pages: []
    readonly property bool covering: pages.length > 0

    signal uncovered // the last page went, and nobody has the focus

    function keep(made: QtObject): void {
        if (made.open) {
            made.closed.connect(() => made.destroy());
            made.open();
        } else {
            lay(made as Item);
        }
    }
    function lay(page: Item): void {
        const from = returns.createObject(page, {
                "item": root.Window.activeFocusItem
            });
        page.closed.connect(() => root.drop(page, from.item));
        page.anchors.fill = root;
        pages = pages.concat([page]);
        page.forceActiveFocus();
    }
    function drop(page: Item, from: Item): void {
        const left = pages.filter(one => one !== page);
        pages = left;
        page.visible = false;
        page.destroy();
        focusOn(from as MenuEntry ? ((from as MenuEntry).menu as Menu).opener : from, left[left.length - 1]);
    }
    function focusOn(from: Item, beneath: Item): void {
        if (from && from.visible && from.enabled)
            from.forceActiveFocus(Qt.PopupFocusReason);
        else
            beneath ? beneath.forceActiveFocus() : uncovered();
    }

    Component {
        id: returns
        QtObject {
            property Item item: null
        }
    }
}
