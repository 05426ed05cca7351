import QtQuick
import Guildhall.Settings
import Guildhall.Ui

// One section of settings: a heading, what may be wrong, the content, and below it the bar that
// saves what was changed.
FocusScope {
    id: root

    property string title: ""
    property string text: ""
    property Form form: null
    property GuildView view: form
    property real widthMax: 720
    default property alias content: column.data

    readonly property bool dirty: form?.dirty ?? false
    readonly property real pad: Theme.isPhone ? Theme.spaceL : Theme.spaceXl

    // One step out of what is open within this page; false if nothing is.
    function stepBack(): bool {
        return false;
    }

    implicitHeight: area.contentHeight + bar.height
    Accessible.role: Accessible.Pane
    Accessible.name: title
    Keys.onPressed: event => {
        const saves = event.key === Qt.Key_S && (event.modifiers & Qt.ControlModifier);
        event.accepted = saves && dirty;
        if (event.accepted)
            form.save();
    }

    ScrollArea {
        id: area
        anchors.top: parent.top
        anchors.bottom: bar.top
        width: parent.width
        contentHeight: column.implicitHeight + 2 * root.pad
        clip: true

        Column {
            id: column
            x: LayoutMirroring.enabled ? parent.width - width - root.pad : root.pad
            y: root.pad
            width: Math.min(root.widthMax, area.width - 2 * root.pad)
            spacing: Theme.spaceL

            GText {
                width: parent.width
                visible: text !== "" && !Theme.isPhone
                text: root.title
                kind: GText.Heading
                Accessible.role: Accessible.Heading
            }
            GText {
                width: parent.width
                visible: text !== ""
                text: root.text
                muted: true
                wrapMode: Text.Wrap
            }
            Banner {
                width: parent.width
                visible: text !== ""
                tone: Banner.Danger
                text: root.view?.complaint ?? ""
                closable: true
                onClosed: root.view.dismiss()
            }
            Banner {
                width: parent.width
                visible: text !== ""
                iconName: "lock"
                text: root.form?.reason ?? ""
            }
        }
    }
    SaveBar {
        id: bar
        anchors.bottom: parent.bottom
        width: parent.width
        form: root.form
    }
}
