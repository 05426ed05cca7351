import QtQuick
import Guildhall.Ui

// Where the messages below it were written.
Rectangle {
    id: root

    property alias text: label.text

    implicitHeight: label.implicitHeight + 2 * Theme.spaceS
    color: Theme.sidebar
    Accessible.role: Accessible.Heading
    Accessible.name: text

    GText {
        id: label
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.spaceL
        width: parent.width - 2 * Theme.spaceL
        kind: GText.Small
        font.weight: Font.DemiBold
        muted: true
        elide: Text.ElideRight
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }
}
