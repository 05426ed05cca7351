pragma ComponentBehavior: Bound

import QtQuick

// Passing notes at the bottom of a window, at most three, the newest lowest. One that has an
// action, or that the pointer or the focus rests on, stays until it is dismissed.
Item {
    id: root

    property int seconds: 5
    readonly property alias count: notes.count
    property var callbacks: ({})
    property int nextKey: 0

    function show(text: string, tone: var, actionText: var, callback: var) {
        if (notes.count >= 3)
            drop(0);
        callbacks[nextKey] = callback;
        notes.append({
                "key": nextKey++,
                "text": text,
                "tone": tone ?? Banner.Info,
                "actionText": actionText ?? ""
            });
    }
    function act(index: int) {
        const callback = callbacks[notes.get(index).key];
        drop(index);
        if (callback)
            callback();
    }
    function drop(index: int) {
        delete callbacks[notes.get(index).key];
        notes.remove(index);
    }

    anchors.fill: parent
    z: 100

    ListModel {
        id: notes
    }
    Column {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.isPhone ? Theme.spaceXxl * 2 : Theme.spaceXl
        spacing: Theme.spaceS

        Repeater {
            model: notes

            Toast {
                id: toast

                required property int index

                anchors.horizontalCenter: parent ? parent.horizontalCenter : undefined
                width: Math.min(implicitWidth, root.width - 2 * Theme.spaceL)
                onAction: root.act(index)
                onClosed: root.drop(index)

                HoverHandler {
                    id: pointer
                }
                Timer {
                    interval: root.seconds * 1000
                    running: toast.actionText === "" && !pointer.hovered
                    onTriggered: root.drop(toast.index)
                }
            }
        }
    }
}
