import QtQuick

// One line to search by; Escape empties it first and only then goes on to whoever is around it.
FocusScope {
    id: root

    property alias text: field.text
    property alias placeholderText: field.placeholderText
    property alias accessibleName: field.accessibleName
    property alias maximumLength: field.maximumLength

    signal accepted
    signal edited
    signal cleared

    function clear() {
        field.text = "";
        edited();
        cleared();
    }

    implicitWidth: 240
    implicitHeight: field.implicitHeight
    Keys.onEscapePressed: event => {
        event.accepted = text !== "";
        if (text !== "")
            clear();
    }

    TextInputField {
        id: field
        width: parent.width
        focus: true
        iconName: "search"
        placeholderText: qsTr("Search")
        maximumLength: 200
        onAccepted: root.accepted()
        onEdited: root.edited()

        trailing: IconButton {
            visible: root.text !== ""
            width: visible ? implicitWidth : 0
            iconName: "x"
            iconSize: Theme.iconSmall
            text: qsTr("Clear search")
            onClicked: root.clear()
        }
    }
}
