import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// What can be done about one member.
FocusScope {
    id: root

    required property Account account
    required property string guildId
    required property string userId
    property string action: "roles"

    signal closed

    function back() {
        form.dirty ? leaving.open() : closed();
    }

    implicitHeight: Math.min(620, column.implicitHeight + bar.height + 2 * Theme.spaceL)

    MemberActions {
        id: form
        account: root.account
        guildId: root.guildId
        userId: root.userId
        onDone: root.closed()
    }
    ScrollArea {
        anchors.top: parent.top
        anchors.bottom: bar.top
        width: parent.width
        contentHeight: column.implicitHeight + 2 * Theme.spaceL
        clip: true

        Column {
            id: column
            x: Theme.spaceXl
            y: Theme.spaceM
            width: parent.width - 2 * Theme.spaceXl
            spacing: Theme.spaceL

            ListRow {
                width: parent.width
                title: form.name
                subtitle: form.username
                leading: Avatar {
                    name: form.name
                    colorId: root.userId
                    source: form.avatar
                }
            }
            Banner {
                width: parent.width
                visible: text !== ""
                tone: Banner.Danger
                text: form.complaint
                closable: true
                onClosed: form.dismiss()
            }
            MemberRoles {
                width: parent.width
                visible: root.action === "roles" || root.action === "nick"
                form: form
            }
            MemberMeasure {
                width: parent.width
                visible: !["roles", "nick"].includes(root.action)
                form: form
                action: root.action
            }
        }
    }
    LeaveQuestion {
        id: leaving
        onAccepted: root.closed()
    }
    SaveBar {
        id: bar
        anchors.bottom: parent.bottom
        width: parent.width
        form: form
    }
}
