pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Core
import Guildhall.Members
import Guildhall.Ui

// Who somebody is: beside what was pressed on the desktop, from below on a phone.
Sheet {
    id: root

    required property Account account
    required property string guildId
    required property string userId

    signal mentionRequested(string user)
    signal actionRequested(string user, string action)
    signal noticed(string text)

    property rect spot: Qt.rect(0, 0, 0, 0) // what was pressed, in the window; empty: the middle

    // Beside what was pressed; of something wide, such as a message, beside where it begins.
    function openAt(near: Item): void {
        if (near && !Theme.isPhone)
            root.spot = near.mapToItem(null, 0, 0, Math.min(near.width, 320), near.height);
        root.open();
    }
    function within(wanted: real, room: real): real {
        return Math.round(Math.max(Theme.spaceS, Math.min(wanted, room - Theme.spaceS)));
    }

    readonly property bool placed: spot.width > 0 && !Theme.isPhone
    readonly property bool isRight: spot.x + spot.width / 2 > (parent?.width ?? 0) / 2

    title: who.name
    wantedWidth: placed ? 360 : 520
    dim: !placed
    x: placed ? within(isRight ? spot.x - width - Theme.spaceS : spot.x + spot.width + Theme.spaceS, parent.width - width) : parent ? Math.round((parent.width - width) / 2) : 0
    y: placed ? within(spot.y - Theme.spaceL, roomHeight - height) : Math.round(Theme.isPhone ? roomHeight - height : (roomHeight - height) * 0.4)

    Profile {
        id: who
        account: root.account
        guildId: root.guildId
        userId: root.userId
    }
    Column {
        width: parent?.width ?? 0
        spacing: Theme.spaceM

        Row {
            width: parent.width
            spacing: Theme.spaceL

            Avatar {
                id: face
                size: Theme.avatarLarge
                name: who.name
                colorId: who.userId
                source: who.avatar === "" ? "" : who.avatar + "?size=256&round"
                status: who.status
                ground: Theme.elevated
            }
            Column {
                width: parent.width - face.width - parent.spacing
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.spaceXs

                GText {
                    width: parent.width
                    kind: GText.Heading
                    text: who.name
                    elide: Text.ElideRight
                    wrapMode: Text.NoWrap
                }
                GText {
                    width: parent.width
                    muted: true
                    text: who.username
                    elide: Text.ElideMiddle
                    wrapMode: Text.NoWrap
                }
                GText {
                    width: parent.width
                    visible: text !== ""
                    text: who.statusText
                    wrapMode: Text.Wrap
                }
            }
        }
        ListRow {
            width: parent.width
            iconName: who.bot ? "bot" : "server"
            title: who.nodeText
            subtitle: who.node === "" || !who.nodeKnown ? "" : who.nodeVerified ? qsTr("The node's name is verified.") : qsTr("The node's name is not proved.")
        }
        GText {
            visible: who.timeout !== ""
            color: Theme.warning
            text: qsTr("In timeout until %1").arg(who.timeout)
        }
        GText {
            visible: who.joined !== ""
            muted: true
            text: qsTr("Member since %1").arg(who.joined)
        }
        Flow {
            width: parent.width
            spacing: Theme.spaceXs

            Repeater {
                model: who.roles

                TagChip {
                    required property var modelData
                    text: modelData.name
                    color: modelData.color === "" ? Theme.muted : Theme.readable(modelData.color, Theme.elevated)
                }
            }
        }
        TextAreaField {
            width: parent.width
            label: qsTr("Note, for you on this device only")
            text: who.note
            onEdited: who.note = text
        }
        ProfileActions {
            width: parent.width
            profile: who
            onMentionRequested: user => {
                root.mentionRequested(user);
                root.close();
            }
            onActionRequested: (user, action) => {
                root.actionRequested(user, action);
                root.close();
            }
            onNoticed: text => root.noticed(text)
        }
    }
}
