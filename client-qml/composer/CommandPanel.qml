pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Composer
import Guildhall.Ui

// The slash command that is being filled in: its fields, and how it goes when it is run.
FocusScope {
    id: root

    required property ComposerModel model
    readonly property CommandForm form: model.form
    required property CompletionPopup offers
    property real highest: Math.round(280 * Theme.fontScale)

    signal filesRequested

    function goTo(row: int): void {
        (row < 0 ? status.runButton : fields.itemAt(row)).forceActiveFocus(Qt.TabFocusReason);
    }
    function confirm(): void {
        offers.visible && offers.row >= 0 ? offers.press(Qt.Key_Return) : form.run();
    }
    function choose(event: var): void {
        event.accepted = offers.visible;
        if (offers.visible)
            offers.press(event.key);
    }
    function goBack(): void {
        offers.visible && offers.row >= 0 ? offers.press(Qt.Key_Escape) : model.cancel();
    }

    implicitHeight: column.height + 2 * Theme.spaceS
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Command %1").arg(form.title)
    // A field of text takes a paste itself; one for a file leaves it to us.
    Keys.onPressed: event => event.accepted = event.matches(StandardKey.Paste) && model.paste()
    Keys.onEscapePressed: goBack()
    Keys.onUpPressed: event => choose(event)
    Keys.onDownPressed: event => choose(event)

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusL
        color: Theme.field
        border.width: Theme.borderWidth
        border.color: root.activeFocus ? Theme.focus : Theme.outline
    }
    Column {
        id: column
        x: Theme.spaceM
        y: Theme.spaceS
        width: parent.width - 2 * x
        spacing: Theme.spaceS

        Item {
            width: parent.width
            height: Math.max(title.implicitHeight, close.height)

            GText {
                id: title
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, parent.width / 2)
                text: root.form.title
                kind: GText.Title
            }
            GText {
                anchors.left: title.right
                anchors.leftMargin: Theme.spaceS
                anchors.right: close.left
                anchors.verticalCenter: parent.verticalCenter
                text: root.form.description + " · " + root.form.bot
                kind: GText.Caption
                muted: true
            }
            IconButton {
                id: close
                anchors.right: parent.right
                iconName: "x"
                iconSize: Theme.iconSmall
                text: qsTr("Leave the command")
                shortcutText: qsTr("Esc")
                onClicked: root.model.cancel()
            }
        }
        ScrollArea {
            width: parent.width
            height: Math.min(root.highest, flow.height)
            contentHeight: flow.height
            clip: contentHeight > height
            visible: fields.count > 0

            Flow {
                id: flow
                width: parent.width
                spacing: Theme.spaceM

                Repeater {
                    id: fields
                    model: root.form
                    delegate: OptionField {
                        width: Theme.isPhone ? flow.width : Math.min(flow.width, Math.round(260 * Theme.fontScale))
                        busy: root.form.busy
                        onEntered: root.form.enter(index)
                        onGone: root.form.left(index)
                        onWritten: text => root.form.setText(index, text)
                        onReturned: root.confirm()
                        onFileRequested: root.filesRequested()
                        onFileRemoved: root.form.removeFile(index)
                    }
                }
            }
        }
        CommandStatus {
            id: status
            width: parent.width
            form: root.form
        }
    }
    Connections {
        target: root.form
        function onFieldWanted(row: int): void {
            root.goTo(row);
        }
    }
}
