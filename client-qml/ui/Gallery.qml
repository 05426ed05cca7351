import QtQuick

// Every control in every state, for those who choose, look and test. No page of the client.
Rectangle {
    id: root

    property int page: 0

    color: Theme.surface
    Accessible.role: Accessible.Pane
    Accessible.name: "Gallery"

    TabStrip {
        id: tabs
        x: Theme.spaceL
        width: parent.width - 2 * Theme.spaceL
        model: ["Actions", "Fields", "States", "Lists", "Panels"]
        currentIndex: root.page
        onActivated: index => root.page = index
    }
    Loader {
        anchors.fill: parent
        anchors.topMargin: tabs.height
        source: ["GalleryActions.qml", "GalleryFields.qml", "GalleryStates.qml", "GalleryLists.qml", "GalleryPanels.qml"][root.page] ?? ""
    }
}
