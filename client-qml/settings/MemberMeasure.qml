import QtQuick
import Guildhall.Settings
import Guildhall.Ui

// Timeout, kick, ban, or handing the guild over: why one may not, a reason for the log, the button.
Column {
    id: root

    required property MemberActions form
    required property string action

    readonly property string refusal: action === "timeout" ? form.noTimeout : action === "kick" ? form.noKick : action === "ban" ? form.noBan : form.canTransfer ? "" : qsTr("Only the owner can hand the guild over, and not to themselves.")

    function act() {
        if (action === "timeout")
            form.timeout(Number(time.value), reason.text);
        else if (action === "kick")
            form.kick(reason.text);
        else if (action === "ban")
            form.ban(Number(days.value), reason.text);
        else
            form.transfer();
    }

    spacing: Theme.spaceL

    Banner {
        width: parent.width
        visible: text !== ""
        iconName: "lock"
        text: root.refusal
    }
    GText {
        width: parent.width
        visible: root.action === "timeout" && root.form.timeoutUntil !== ""
        text: qsTr("In timeout until %1.").arg(root.form.timeoutUntil)
        wrapMode: Text.Wrap
    }
    PickField {
        id: time
        width: parent.width
        visible: root.action === "timeout"
        label: qsTr("For how long they only read")
        rows: root.form.timeouts
        value: "10"
        onChosen: key => value = key
    }
    PickField {
        id: days
        width: parent.width
        visible: root.action === "ban"
        label: qsTr("Delete what they wrote")
        rows: root.form.deleteDays
        value: "0"
        onChosen: key => value = key
    }
    TextInputField {
        id: reason
        width: parent.width
        visible: root.action !== "owner"
        label: qsTr("Reason, for the guild's records")
        maximumLength: 512
    }
    GText {
        width: parent.width
        visible: root.action === "owner"
        text: qsTr("%1 will own the guild. You keep your roles, and cannot take it back.").arg(root.form.name)
        wrapMode: Text.Wrap
    }
    Row {
        anchors.right: parent.right
        spacing: Theme.spaceS

        GButton {
            visible: root.action === "timeout" && root.form.timeoutUntil !== ""
            text: qsTr("End timeout")
            enabled: root.refusal === "" && !root.form.busy
            onClicked: root.form.timeout(0, reason.text)
        }
        GButton {
            kind: GButton.Danger
            text: root.action === "timeout" ? qsTr("Put in timeout") : root.action === "kick" ? qsTr("Kick") : root.action === "ban" ? qsTr("Ban") : qsTr("Make owner")
            enabled: root.refusal === "" && !busy
            busy: root.form.busy
            onClicked: root.act()
        }
    }
}
