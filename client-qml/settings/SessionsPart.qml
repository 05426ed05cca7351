pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// Where one is logged in.
Column {
    id: root

    required property Account account

    spacing: Theme.spaceS

    SessionList {
        id: list
        account: root.account
    }
    SectionHeader {
        width: parent.width
        text: qsTr("Where you are logged in")
    }
    Banner {
        width: parent.width
        visible: text !== ""
        tone: Banner.Danger
        text: list.complaint
    }
    Repeater {
        model: list.rows

        ListRow {
            id: row

            required property string key
            required property string name
            required property string system
            required property string since
            required property bool isThis

            width: root.width
            iconName: "monitor"
            title: isThis ? qsTr("%1 (this one)").arg(name) : name
            subtitle: [system, since === "" ? "" : qsTr("since %1").arg(since)].filter(part => part !== "").join(" · ")
            trailing: GButton {
                small: true
                visible: !row.isThis
                text: qsTr("Log out")
                Accessible.name: qsTr("Log out %1").arg(row.name)
                onClicked: list.end(row.key)
            }
        }
    }
    ConfirmDialog {
        id: sure
    }
    GButton {
        anchors.left: parent.left
        visible: list.knowsThis && list.rows.count > 1
        iconName: "log-out"
        text: qsTr("Log out everywhere else")
        busy: list.busy
        onClicked: sure.ask(qsTr("Log out everywhere else?"), qsTr("Every other device and program asks for the password again."), qsTr("Log out"), () => list.endOthers())
    }
}
