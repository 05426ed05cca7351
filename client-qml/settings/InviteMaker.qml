import QtQuick
import Guildhall.Settings
import Guildhall.Ui

// How long an invite holds and for how many, and the one that was just made.
Column {
    id: root

    required property InviteList list
    property string channelId: ""

    spacing: Theme.spaceL

    Banner {
        width: parent.width
        visible: text !== ""
        iconName: "lock"
        text: root.list.reason
    }
    PickField {
        id: channel
        width: parent.width
        label: qsTr("Channel")
        rows: root.list.channels
        value: root.channelId !== "" || root.list.channels.count === 0 ? root.channelId : root.list.channels.at(0).key
        onChosen: key => value = key
    }
    PickField {
        id: age
        width: parent.width
        label: qsTr("Ends after")
        rows: root.list.ages
        value: "604800"
        onChosen: key => value = key
    }
    PickField {
        id: limit
        width: parent.width
        label: qsTr("How many may use it")
        rows: root.list.limits
        value: "0"
        onChosen: key => value = key
    }
    Toggle {
        id: temporary
        width: parent.width
        text: qsTr("For guests")
        description: qsTr("Who comes by it and is given no role leaves again when they disconnect.")
    }
    GButton {
        anchors.right: parent.right
        kind: GButton.Primary
        iconName: "user-plus"
        text: qsTr("Create invite")
        enabled: root.list.channels.count > 0 && !busy
        busy: root.list.busy
        onClicked: root.list.create(channel.value, Number(age.value), Number(limit.value), temporary.checked)
    }
    InviteTexts {
        width: parent.width
        visible: (root.list.made.key ?? "") !== ""
        link: root.list.made.link ?? ""
        remote: root.list.made.remote ?? ""
        onCopied: text => root.list.copy(text)
    }
}
