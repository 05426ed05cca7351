pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Core
import Guildhall.Members
import Guildhall.Ui

// What one may do with a person, as buttons that wrap.
Flow {
    id: root

    required property Profile profile

    signal mentionRequested(string user)
    signal actionRequested(string user, string action)
    signal noticed(string text)

    spacing: Theme.spaceS

    Clipboard {
        id: clipboard
    }
    GButton {
        small: true
        iconName: "at-sign"
        text: qsTr("Mention")
        onClicked: root.mentionRequested(root.profile.userId)
    }
    GButton {
        small: true
        kind: GButton.Ghost
        iconName: "copy"
        text: qsTr("Copy name")
        onClicked: {
            clipboard.copy(root.profile.username);
            root.noticed(qsTr("Name copied"));
        }
    }
    GButton {
        small: true
        kind: GButton.Ghost
        text: qsTr("Copy id")
        onClicked: {
            clipboard.copy(root.profile.userId);
            root.noticed(qsTr("Id copied"));
        }
    }
    Repeater {
        model: [[qsTr("Nickname"), "nick", root.profile.canNick, false], [qsTr("Roles"), "roles", root.profile.canRoles, false], [qsTr("Time out"), "timeout", root.profile.canTimeout, true], [qsTr("Kick"), "kick", root.profile.canKick, true], [qsTr("Ban"), "ban", root.profile.canBan, true], [qsTr("Make owner"), "owner", root.profile.canMakeOwner, true]].filter(row => row[2])

        GButton {
            required property var modelData

            small: true
            kind: modelData[3] ? GButton.Danger : GButton.Plain
            text: modelData[0]
            onClicked: root.actionRequested(root.profile.userId, modelData[1])
        }
    }
}
