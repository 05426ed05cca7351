pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.App
import Guildhall.Core
import Guildhall.Ui

// Ctrl+K: goes to what is typed.
ModalDialog {
    id: root

    required property Account account
    property string guildId: ""

    signal chosen(string kind, string id, string guild)

    function take(row: int): void {
        if (row < 0 || row >= hits.count)
            return;
        const kind = hits.kindAt(row), id = hits.idAt(row), guild = hits.guildAt(row);
        root.close(); // first: what opens then keeps the focus
        root.chosen(kind, id, guild);
    }

    title: qsTr("Where to?")
    acceptText: ""
    rejectText: ""
    wantedWidth: 520
    initialFocus: field
    onAboutToShow: {
        field.text = "";
        hits.query = "";
    }

    Column {
        width: parent?.width ?? 0
        spacing: Theme.spaceS

        SearchField {
            id: field
            width: parent.width
            placeholderText: qsTr("A guild, a #channel or a @person")
            onEdited: {
                hits.query = text;
                list.currentIndex = 0;
            }
            onAccepted: root.take(list.currentIndex)
            Keys.onDownPressed: list.incrementCurrentIndex()
            Keys.onUpPressed: list.decrementCurrentIndex()
        }
        ListView {
            id: list
            width: parent.width
            height: Math.min(contentHeight, 9 * Theme.rowHeight)
            clip: true
            currentIndex: 0
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Places")
            model: QuickSwitcherModel {
                id: hits
                account: root.account
                guildId: root.guildId
            }
            delegate: ListRow {
                id: hit

                required property int index
                required property string kind
                required property string name
                required property string place
                required property bool unread

                width: ListView.view?.width ?? 0
                iconName: kind === "guild" ? "server" : kind === "direct" ? "message-circle" : kind === "person" ? "user" : "hash"
                title: name
                subtitle: place
                selected: ListView.isCurrentItem
                trailing: [
                    Badge {
                        dot: true
                        visible: hit.unread
                    }
                ]
                onClicked: root.take(index)
            }
        }
        GText {
            visible: list.count === 0
            muted: true
            text: qsTr("Nothing has that name.")
        }
    }
}
