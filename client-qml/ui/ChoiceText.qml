import QtQuick

// The words beside a switch, a check box or a radio button: what it does and, smaller, how.
Column {
    id: root

    property string text: ""
    property string description: ""

    spacing: 2

    GText {
        width: parent.width
        text: root.text
        font.pixelSize: Theme.fontControl
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
    GText {
        width: parent.width
        visible: text !== ""
        text: root.description
        kind: GText.Small
        muted: true
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
}
