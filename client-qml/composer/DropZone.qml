import QtQuick
import Guildhall.Ui

// Over a part of the window: what is dropped there goes with the message. Says so while it hovers.
DropArea {
    id: root

    required property Composer composer

    enabled: composer.visible
    onEntered: drag => drag.accepted = drag.hasUrls
    onDropped: drop => {
        drop.accepted = drop.hasUrls;
        if (drop.hasUrls)
            root.composer.attach(drop.urls);
    }

    Rectangle {
        anchors.fill: parent
        anchors.margins: Theme.spaceM
        visible: root.containsDrag
        radius: Theme.radiusL
        color: Theme.infoTint
        border.width: 2
        border.color: Theme.accent
        Accessible.role: Accessible.AlertMessage
        Accessible.name: label.text

        GText {
            id: label
            anchors.centerIn: parent
            width: Math.min(implicitWidth, parent.width - 2 * Theme.spaceL)
            text: qsTr("Drop files here to attach them")
            kind: GText.Title
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
            Accessible.ignored: true
        }
    }
}
