import QtQuick

// What keys do in the viewer: a table. Where the picture is larger than the view, the arrows with
// Shift, and those up and down, move it.
QtObject {
    id: root

    required property ViewerPicture shown
    required property ViewerBar bar
    required property int count

    signal uncovered

    readonly property int onward: shown.mirrored ? -1 : 1
    readonly property var table: ({
            [Qt.Key_Left]: () => bar.stepped(-onward),
            [Qt.Key_Right]: () => bar.stepped(onward),
            [Qt.Key_Home]: () => bar.stepped(-count),
            [Qt.Key_End]: () => bar.stepped(count),
            [Qt.Key_Up]: () => shown.pan(0, -1),
            [Qt.Key_Down]: () => shown.pan(0, 1),
            [Qt.Key_Plus]: () => shown.magnify(1.25, shown.middle),
            [Qt.Key_Equal]: () => shown.magnify(1.25, shown.middle),
            [Qt.Key_Minus]: () => shown.magnify(0.8, shown.middle),
            [Qt.Key_0]: () => shown.magnify(0, shown.middle),
            [Qt.Key_Return]: () => shown.covered && uncovered(),
            [Qt.Key_Space]: () => shown.covered ? uncovered() : shown.playing = !shown.playing,
            [Qt.Key_S]: () => bar.saved(),
            [Qt.Key_C]: () => bar.covered || bar.copied(),
            [Qt.Key_L]: () => bar.linkCopied()
        })
    readonly property var shifted: ({
            [Qt.Key_Left]: () => shown.pan(-1, 0),
            [Qt.Key_Right]: () => shown.pan(1, 0)
        })

    function press(key: int, modifiers: int): bool {
        const action = (modifiers & Qt.ShiftModifier ? shifted[key] : null) ?? table[key];
        if (action)
            action();
        return action !== undefined;
    }
}
