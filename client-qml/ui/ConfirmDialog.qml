import QtQuick

// A question before something that cannot be taken back: ask() opens it, a yes does what it was
// given. One serves a whole page.
ModalDialog {
    id: root

    property var action: null

    function ask(title: string, text: string, accept: string, action: var) {
        root.title = title;
        root.text = text;
        root.acceptText = accept;
        root.action = action;
        open();
    }

    danger: true
    onAccepted: action()
}
