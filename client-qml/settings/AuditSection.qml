pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

// Who changed what.
SectionPage {
    id: root

    required property Account account
    required property string guildId

    title: qsTr("Audit log")
    view: log

    AuditLog {
        id: log
        account: root.account
        guildId: root.guildId
    }
    Column {
        width: parent.width

        Repeater {
            model: log.rows

            ListRow {
                required property string key
                required property string who
                required property string what
                required property string target
                required property string when
                required property string reason

                width: parent?.width ?? 0
                iconName: "scroll-text"
                title: target === "" ? qsTr("%1: %2").arg(who).arg(what) : qsTr("%1: %2: %3").arg(who).arg(what).arg(target)
                subtitle: reason === "" ? when : qsTr("%1 · %2").arg(when).arg(reason)
            }
        }
    }
    GButton {
        anchors.left: parent.left
        visible: log.more
        text: qsTr("Show more")
        busy: log.busy
        onClicked: log.loadMore()
    }
    EmptyState {
        width: parent.width
        visible: log.rows.count === 0 && !log.busy
        iconName: "scroll-text"
        title: qsTr("Nothing happened yet")
    }
}
