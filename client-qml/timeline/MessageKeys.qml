import QtQuick

// What keys do to the current row, beside MessageCommands.press: a table. Letters that mean nothing
// here go to the composer.
QtObject {
    id: root

    required property MessageActions actions
    required property MessageRow row
    required property int page // rows that a view holds
    required property int count

    signal stepped(int step)
    signal typed(string text)

    readonly property var table: ({
            [Qt.Key_PageUp]: () => stepped(page),
            [Qt.Key_PageDown]: () => stepped(-page),
            [Qt.Key_Home]: () => stepped(count),
            [Qt.Key_End]: () => stepped(-count),
            [Qt.Key_S]: row && row.files.length > 0 ? () => actions.filesRequested(row.index) : undefined,
            [Qt.Key_Plus]: () => actions.reactionRequested(row.messageId, row)
        })

    function press(key: int, text: var, modifiers: int): bool {
        if (actions.commands.press(actions.model.keyOf(row.index), key, modifiers))
            return true;
        if ((modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier)) !== 0)
            return false;
        const action = table[key] ?? (text.trim() === "" ? null : () => typed(text));
        if (action)
            action();
        return action !== null;
    }
}
