import QtQuick
import Guildhall.Ui

// A window of the client to test in: what the tests ask of a page, and the Theme as it starts.
GWindow {
    id: root

    property Component page: null
    readonly property Item shown: loader.item

    function reset() {
        Theme.scheme = "dark";
        Theme.fontScale = 1;
        Theme.reducedMotion = true;
        Theme.compact = false;
        resize(1000, 800, false);
    }
    function resize(w: int, h: int, mirrored: bool) {
        width = w;
        height = h;
        mirror = mirrored;
    }
    // Every item below this one for which the check says so.
    function all(item: Item, check: var): var {
        let found = check(item) ? [item] : [];
        for (let i = 0; i < item.children.length; ++i)
            found = found.concat(all(item.children[i], check));
        return found;
    }
    function named(name: string): var {
        return all(contentItem, item => item.objectName === name)[0] ?? null;
    }
    // A popup of the page, which is no item: among the resources of its items.
    function find(name: string): var {
        for (const item of all(contentItem, () => true))
            for (let i = 0; i < item.resources.length; ++i)
                if (item.resources[i].objectName === name)
                    return item.resources[i];
        return null;
    }
    // Where a Tab would stop.
    function stops(item: Item): var {
        return item.visible && item.enabled ? (item.activeFocusOnTab ? [item] : []).concat(...Array.from({
                    "length": item.children.length
                }, (_, i) => stops(item.children[i]))) : [];
    }

    width: 1000
    height: 800
    visible: true

    Loader {
        id: loader
        anchors.fill: parent
        focus: true
        sourceComponent: root.page
    }
}
