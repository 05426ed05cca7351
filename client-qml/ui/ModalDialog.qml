import QtQuick
import QtQuick.Templates as T

// A question that wants an answer: Tab stays inside, Escape rejects, Enter accepts, and the focus
// goes back to where it was. On a phone it comes from below.
T.Popup {
    id: root

    property string title: ""
    property string text: ""
    property string acceptText: qsTr("OK") // empty: no such button
    property string rejectText: qsTr("Cancel") // empty: no such button
    property bool acceptEnabled: true
    property bool busy: false
    property bool danger: false
    property bool closeOnAccept: true
    property real wantedWidth: 440
    property Item initialFocus: null
    property Item returnTo: null
    default property alias content: body.data

    signal accepted
    signal rejected

    function accept() {
        if (!acceptEnabled || busy)
            return;
        if (closeOnAccept)
            close();
        accepted();
    }
    function reject() {
        close();
        rejected();
    }

    parent: T.Overlay.overlay
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: parent ? Math.round(Theme.isPhone ? parent.height - height : Math.max(Theme.spaceL, (parent.height - height) * 0.4)) : 0
    width: parent ? Math.min(wantedWidth, parent.width - (Theme.isPhone ? 0 : 2 * Theme.spaceXl)) : wantedWidth
    height: Math.min(frame.implicitHeight + topPadding + bottomPadding, parent ? parent.height - 2 * Theme.spaceL : 10000)
    padding: Theme.isPhone ? Theme.spaceL : Theme.spaceXl
    modal: true
    focus: true
    closePolicy: T.Popup.NoAutoClose
    onAboutToShow: {
        const entry = parent.Window.activeFocusItem as MenuEntry;
        returnTo = entry ? (entry.menu as Menu).opener : parent.Window.activeFocusItem;
    }
    onOpened: initialFocus ? initialFocus.forceActiveFocus(Qt.TabFocusReason) : frame.focusFirst()
    onClosed: if (returnTo)
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
        id: frame

        function focusFirst() {
            (body.nextItemInFocusChain(true) as Item).forceActiveFocus(Qt.TabFocusReason);
        }

        implicitHeight: column.implicitHeight + buttons.height + Theme.spaceXl
        Accessible.name: root.title
        Accessible.description: root.text
        Keys.onEscapePressed: root.reject()
        Keys.onBackPressed: root.reject()
        Keys.onReturnPressed: root.accept()
        Keys.onEnterPressed: root.accept()

        ScrollArea {
            anchors.fill: parent
            anchors.bottomMargin: buttons.height + Theme.spaceXl
            contentHeight: column.implicitHeight
            clip: contentHeight > height

            Column {
                id: column
                width: parent.width
                spacing: Theme.spaceS

                GText {
                    width: parent.width
                    visible: text !== ""
                    text: root.title
                    kind: GText.Heading
                    wrapMode: Text.Wrap
                }
                GText {
                    width: parent.width
                    visible: text !== ""
                    text: root.text
                    muted: true
                    wrapMode: Text.Wrap
                }
                Item {
                    width: 1
                    height: Theme.spaceXs
                    visible: body.children.length > 0
                }
                Column {
                    id: body
                    width: parent.width
                    spacing: Theme.spaceL
                }
            }
        }
        Row {
            id: buttons
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            spacing: Theme.spaceS

            GButton {
                visible: root.rejectText !== ""
                text: root.rejectText
                onClicked: root.reject()
            }
            GButton {
                id: acceptButton
                visible: root.acceptText !== ""
                text: root.acceptText
                kind: root.danger ? GButton.Danger : GButton.Primary
                enabled: root.acceptEnabled && !root.busy
                busy: root.busy
                onClicked: root.accept()
            }
        }
    }

    background: FloatingGround {
    }
}
