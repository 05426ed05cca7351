import QtQuick
import QtQuick.Templates as T
import Guildhall.Core
import Guildhall.Members
import Guildhall.Ui

// Finds messages: of this channel, this guild or everywhere; without a line too.
FocusScope {
    id: root

    required property Account account
    property string guildId: ""
    property string channelId: ""

    signal jumpRequested(string channel, string message)
    signal closed

    Keys.onEscapePressed: root.closed()
    Component.onCompleted: field.forceActiveFocus()

    PanelHeader {
        id: header
        width: parent.width
        text: qsTr("Search")
        onClosed: root.closed()
    }
    Column {
        id: top
        anchors.top: header.bottom
        x: Theme.spaceM
        width: parent.width - 2 * Theme.spaceM
        spacing: Theme.spaceS
        topPadding: Theme.spaceS

        SearchField {
            id: field
            width: parent.width
            placeholderText: qsTr("Words, from:name, has:file")
            maximumLength: 500
            onEdited: found.query = text
            onCleared: found.query = ""
            onAccepted: found.find()
            Keys.onDownPressed: list.go(0)
        }
        TabStrip {
            width: parent.width
            model: [qsTr("Channel"), qsTr("Guild"), qsTr("All")]
            currentIndex: ["channel", "guild", "all"].indexOf(found.scope)
            onActivated: index => found.scope = ["channel", "guild", "all"][index]
        }
        SearchHints {
            width: parent.width
            hints: found.hints
            onChosen: query => {
                field.text = query;
                found.query = query;
                field.forceActiveFocus(Qt.TabFocusReason);
            }
        }
        GText {
            width: parent.width
            kind: GText.Caption
            muted: true
            wrapMode: Text.Wrap
            text: field.text === "" ? qsTr("Also before:2026-01-31, after:2026-01-31, has:link.") : found.puzzle !== "" ? found.puzzle : found.searching ? qsTr("Searching…") : qsTr("%n message(s)", "", found.count)
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }
    ListView {
        id: list
        anchors.top: top.bottom
        anchors.topMargin: Theme.spaceS
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        Accessible.role: Accessible.List
        keyNavigationEnabled: false
        highlightFollowsCurrentItem: false
        Keys.onUpPressed: go(currentIndex - 1)
        Keys.onDownPressed: go(currentIndex + 1)
        Keys.onPressed: event => {
            event.accepted = event.key === Qt.Key_Home || event.key === Qt.Key_End;
            if (event.accepted)
                go(event.key === Qt.Key_Home ? 0 : count - 1);
        }

        function go(row: int): void {
            if (row < 0 || row >= count)
                return;
            positionViewAtIndex(row, ListView.Contain);
            itemAtIndex(row).forceActiveFocus(Qt.TabFocusReason);
            currentIndex = row;
        }

        Accessible.name: qsTr("Found messages")
        T.ScrollBar.vertical: ScrollBar {
        }
        model: SearchModel {
            id: found
            account: root.account
            guildId: root.guildId
            channelId: root.channelId
        }
        section.property: "channel"
        section.delegate: FoundHeading {
            required property string section
            width: list.width
            text: found.placeOf(section, found.scope === "all")
        }
        delegate: FoundRow {
            headed: true
            onClicked: root.jumpRequested(channel, id)
        }
        footer: more
    }
    Component {
        id: more

        Column {
            width: list.width
            padding: Theme.spaceM
            spacing: Theme.spaceS
            visible: field.text !== ""

            GText {
                width: parent.width - 2 * Theme.spaceM
                kind: GText.Caption
                muted: true
                wrapMode: Text.Wrap
                text: found.error !== "" ? found.error : found.reach
            }
            GButton {
                visible: found.canLookFurther || found.busy
                small: true
                text: qsTr("Look further back in this channel")
                busy: found.busy
                onClicked: found.lookFurther()
            }
            GButton {
                visible: found.canAskMore
                small: true
                text: qsTr("More of what your node found")
                onClicked: found.askMore()
            }
        }
    }
}
