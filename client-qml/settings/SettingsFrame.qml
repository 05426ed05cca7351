import QtQuick
import Guildhall.Ui

// Sections beside each other: on the desktop a list and the chosen one, on a phone one at a time.
// What was typed and not saved is not left without asking.
FocusScope {
    id: root

    property string title: ""
    property var sections: [] // {key, title, icon, component}; `hidden` ones are left out
    property string current: ""
    property string wanted: ""

    readonly property var shown: sections.filter(one => !one.hidden)
    readonly property var section: shown.find(one => one.key === current) ?? (Theme.isPhone ? null : shown[0] ?? null)
    readonly property bool dirty: page.item?.dirty ?? false
    property string before: "" // the section that was shown last
    property int how: Qt.OtherFocusReason // a key shows where the focus goes

    signal closed

    function go(key: string) {
        wanted = key;
        if (dirty)
            discard.open();
        else
            leave();
    }
    function leave() {
        before = current;
        if (wanted === "<close>")
            closed();
        else
            current = wanted;
    }
    function back() {
        if (!(page.item as SectionPage)?.stepBack())
            go(Theme.isPhone && section ? "" : "<close>");
    }
    function backByKey() {
        how = Qt.ShortcutFocusReason;
        back();
        how = Qt.OtherFocusReason;
    }
    // Whoever had the focus may be gone with the section, or not be shown any more.
    function focusAgain() {
        const row = rows.itemAt(shown.findIndex(one => one.key === before));
        if (page.item && (Theme.isPhone || page.activeFocus))
            page.item.forceActiveFocus(how);
        else if (!page.item)
            (row ?? nav).forceActiveFocus(how);
    }

    implicitWidth: 960
    implicitHeight: 700

    Rectangle {
        anchors.fill: parent
        radius: Theme.isPhone ? 0 : Theme.radiusL
        color: Theme.surface
    }
    Rectangle {
        anchors.left: parent.left
        width: nav.width
        height: parent.height
        radius: Theme.isPhone ? 0 : Theme.radiusL
        color: Theme.sidebar
        visible: nav.visible
    }
    SettingsBar {
        id: bar
        width: parent.width
        z: 1
        title: Theme.isPhone && root.section ? root.section.title : root.title
        onBack: root.back()
    }
    ScrollArea {
        id: nav
        anchors.left: parent.left
        anchors.top: bar.bottom
        anchors.bottom: parent.bottom
        width: Theme.isPhone ? parent.width : 232
        visible: !Theme.isPhone || !root.section
        contentHeight: list.implicitHeight + 2 * Theme.spaceS
        clip: true

        Column {
            id: list
            x: Theme.spaceS
            y: Theme.spaceS
            width: parent.width - 2 * Theme.spaceS
            spacing: 2
            Accessible.role: Accessible.List
            Accessible.name: root.title

            Repeater {
                id: rows
                model: root.shown

                ListRow {
                    required property var modelData

                    width: list.width
                    title: modelData.title
                    iconName: modelData.icon ?? ""
                    selected: root.section?.key === modelData.key
                    chevron: Theme.isPhone
                    onClicked: root.go(modelData.key)
                }
            }
        }
    }
    // No Loader: it cannot make a bound component of another file.
    FocusScope {
        id: page

        property Item item: null
        readonly property Component wanted: root.section?.component ?? null

        function replace() {
            const focused = root.activeFocus;
            item?.destroy();
            item = wanted ? wanted.createObject(page) as Item : null;
            if (item)
                item.anchors.fill = page;
            if (focused)
                root.focusAgain();
        }

        anchors.top: bar.bottom
        anchors.bottom: parent.bottom
        anchors.left: nav.visible ? nav.right : parent.left
        anchors.right: parent.right
        visible: root.section !== null
        onWantedChanged: replace()
    }
    LeaveQuestion {
        id: discard
        onAccepted: root.leave()
    }
}
