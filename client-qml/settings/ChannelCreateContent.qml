import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// A new channel or category.
FocusScope {
    id: root

    required property Account account
    required property string guildId
    property string parentId: ""

    signal created(string channelId)
    signal closed

    readonly property var kinds: ["text", "voice", "announcement", "category"]

    implicitHeight: column.implicitHeight + Theme.spaceL

    function submit() {
        list.create(name.text, kinds[kind.currentIndex], parentField.value);
    }

    ChannelList {
        id: list
        account: root.account
        guildId: root.guildId
        onCreated: channelId => {
            root.created(channelId);
            root.closed();
        }
    }
    Column {
        id: column
        x: Theme.spaceXl
        width: parent.width - 2 * Theme.spaceXl
        spacing: Theme.spaceL

        Banner {
            width: parent.width
            visible: text !== ""
            tone: Banner.Danger
            text: list.reason !== "" ? list.reason : list.complaint
        }
        TextInputField {
            id: name
            width: parent.width
            focus: true
            label: qsTr("Name")
            required: true
            maximumLength: 100
            error: list.nameError
            onAccepted: root.submit()
        }
        SelectBox {
            id: kind
            width: parent.width
            label: qsTr("Kind")
            model: [qsTr("Text"), qsTr("Voice"), qsTr("Announcements"), qsTr("Category")]
        }
        PickField {
            id: parentField
            width: parent.width
            visible: root.kinds[kind.currentIndex] !== "category"
            label: qsTr("Category")
            rows: list.categories
            value: root.parentId
            onChosen: key => value = key
        }
        GButton {
            anchors.right: parent.right
            kind: GButton.Primary
            text: qsTr("Create")
            enabled: list.editable && name.text.trim() !== "" && !busy
            busy: list.busy
            onClicked: root.submit()
        }
    }
}
