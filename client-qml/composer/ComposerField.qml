pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Guildhall.Composer
import Guildhall.Ui

// The text field: grows with its text up to a third of the window, then scrolls.
Flickable {
    id: root

    required property ComposerModel model
    property alias area: area
    property string placeholder: ""
    property bool popupOpen: false // keys of the completion go there first
    property real highest: 320

    signal editLastRequested
    signal timelineRequested
    signal completionKey(int key)
    signal written(string text, int cursor)

    function load() {
        if (area.text === model.text)
            return;
        area.text = model.text;
        area.cursorPosition = area.length;
    }
    function look() {
        written(area.text, area.cursorPosition);
    }
    function sendOrBreak(event: var) {
        // On a keyboard of the screen Enter is the only way to a second line.
        event.accepted = !(event.modifiers & Qt.ShiftModifier) && !Qt.inputMethod.visible;
        if (event.accepted)
            model.send();
    }

    implicitHeight: Math.min(highest, area.implicitHeight)
    clip: contentHeight > height
    boundsBehavior: Flickable.StopAtBounds
    flickableDirection: Flickable.VerticalFlick
    // An empty field is scrolled up by its padding to show the cursor, and stays so.
    onContentYChanged: if (contentY < 0)
        contentY = 0
    T.ScrollBar.vertical: ScrollBar {
    }

    T.TextArea.flickable: T.TextArea {
        id: area
        focus: true
        enabled: root.model.reason === ""
        implicitHeight: Math.max(Theme.controlHeight, contentHeight + topPadding + bottomPadding)
        topPadding: Theme.spaceS
        bottomPadding: Theme.spaceS
        leftPadding: Theme.spaceXs
        rightPadding: Theme.spaceXs
        wrapMode: TextEdit.Wrap
        textFormat: TextEdit.PlainText
        selectByMouse: true
        color: Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentInk
        placeholderTextColor: Theme.muted
        font.pixelSize: Theme.fontBody
        Accessible.role: Accessible.EditableText
        Accessible.name: root.placeholder
        Accessible.multiLine: true
        Keys.onMenuPressed: editMenu.openAt(cursorRectangle.x, cursorRectangle.y + cursorRectangle.height)
        onTextChanged: root.model.text = text
        onCursorPositionChanged: Qt.callLater(root.look)

        EditMenuOpener {
            id: editMenu
            field: area
        }
        Text {
            x: area.leftPadding
            y: area.topPadding
            width: area.width - 2 * x
            visible: area.length === 0 && area.preeditText === ""
            text: root.placeholder
            textFormat: Text.PlainText
            elide: Text.ElideRight
            horizontalAlignment: Text.AlignLeft
            font: area.font
            color: Theme.muted
            Accessible.ignored: true
        }

        Keys.onReturnPressed: event => root.popupOpen ? root.completionKey(Qt.Key_Return) : root.sendOrBreak(event)
        Keys.onEnterPressed: event => root.popupOpen ? root.completionKey(Qt.Key_Return) : root.sendOrBreak(event)
        KeyNavigation.priority: KeyNavigation.BeforeItem
        Keys.priority: Keys.BeforeItem
        Keys.onTabPressed: root.popupOpen ? root.completionKey(Qt.Key_Return) : nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
        Keys.onUpPressed: event => {
            event.accepted = root.popupOpen || area.length === 0;
            if (root.popupOpen)
                root.completionKey(Qt.Key_Up);
            else if (area.length === 0)
                root.editLastRequested();
        }
        Keys.onDownPressed: event => {
            event.accepted = root.popupOpen;
            if (root.popupOpen)
                root.completionKey(Qt.Key_Down);
        }
        Keys.onEscapePressed: root.popupOpen ? root.completionKey(Qt.Key_Escape) : root.model.cancel() || root.timelineRequested()
        Keys.onPressed: event => {
            if (event.matches(StandardKey.Paste) && root.model.paste())
                event.accepted = true;
        }
    }
    Connections {
        target: root.model
        function onTextChanged() {
            root.load();
        }
    }
    Component.onCompleted: load()
}
