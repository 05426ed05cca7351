import QtQuick
import QtQuick.Templates as T
import Guildhall.Core
import Guildhall.Emoji
import Guildhall.Ui

// Choosing an emoji: search, groups, those used last, a guild's own. Arrows move, Enter picks.
T.Popup {
    id: root

    required property Account account
    property string guildId: ""
    property Item returnTo: null

    signal picked(string code)

    function openAt(item: Item) {
        returnTo = item.Window.activeFocusItem;
        const spot = item.mapToItem(null, 0, 0);
        x = Math.max(0, Math.min(parent.width - width, spot.x - width / 2));
        y = Theme.isPhone ? parent.height - height : Math.max(0, Math.min(parent.height - height, spot.y - height - Theme.spaceS));
        open();
    }
    function pick(code: string) {
        emojis.use(code);
        close();
        picked(code);
    }

    parent: T.Overlay.overlay
    width: parent ? Math.min(Theme.isPhone ? parent.width : 380 * Math.max(1, Theme.fontScale), parent.width) : 380
    height: parent ? Math.min(420 * Math.max(1, Theme.fontScale), parent.height * (Theme.isPhone ? 0.7 : 1)) : 420
    padding: Theme.spaceS
    modal: Theme.isPhone
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onAboutToShow: {
        emojis.tone = Preferences.skinTone;
        search.text = "";
        emojis.search = "";
        emojis.reload();
    }
    onOpened: search.forceActiveFocus(Qt.TabFocusReason)
    onClosed: if (returnTo)
        returnTo.forceActiveFocus(Qt.PopupFocusReason)

    T.Overlay.modal: Scrim {
    }

    background: Rectangle {
        radius: Theme.radiusL
        color: Theme.elevated
        border.width: Theme.borderWidth
        border.color: Theme.divider
    }
    contentItem: DialogGround {
        Accessible.name: qsTr("Choose an emoji")

        EmojiModel {
            id: emojis
            account: root.account
            guildId: root.guildId
        }
        SearchField {
            id: search
            anchors.left: parent.left
            anchors.right: tone.left
            anchors.rightMargin: Theme.spaceXs
            focus: true
            placeholderText: qsTr("Search emoji")
            onEdited: emojis.search = text
            onAccepted: if (grid.count > 0)
                root.pick(emojis.codeAt(Math.max(0, grid.currentIndex)))
            Keys.onDownPressed: grid.forceActiveFocus(Qt.TabFocusReason)
        }
        IconButton {
            id: tone
            anchors.right: parent.right
            anchors.verticalCenter: search.verticalCenter
            iconName: "hand"
            text: qsTr("Skin tone %1").arg(emojis.tone)
            iconColor: ["#ffcc33", "#f7dece", "#f3d2a2", "#d5ab88", "#af7e57", "#7c533e"][emojis.tone] ?? Theme.muted
            onClicked: Preferences.skinTone = emojis.tone = (emojis.tone + 1) % 6
        }
        EmojiTabs {
            id: tabs
            anchors.top: search.bottom
            anchors.topMargin: Theme.spaceXs
            width: parent.width
            visible: emojis.search === ""
            groups: emojis.groups
            group: emojis.group
            onChosen: group => emojis.group = group
        }
        GridView {
            id: grid
            anchors.top: tabs.visible ? tabs.bottom : search.bottom
            anchors.topMargin: Theme.spaceXs
            anchors.bottom: caption.top
            width: parent.width
            clip: true
            cellWidth: Math.floor(width / Math.max(1, Math.floor(width / (40 * Theme.fontScale))))
            cellHeight: cellWidth
            model: emojis
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Emoji")
            T.ScrollBar.vertical: ScrollBar {
            }
            Keys.onReturnPressed: if (currentItem)
                root.pick((currentItem as EmojiCell).code)
            delegate: EmojiCell {
                width: grid.cellWidth
                height: grid.cellHeight
                current: GridView.isCurrentItem && grid.activeFocus
                onPicked: root.pick(code)
                onEntered: grid.currentIndex = index
            }
        }
        GText {
            id: caption
            anchors.bottom: parent.bottom
            width: parent.width
            text: grid.currentItem ? ":" + (grid.currentItem as EmojiCell).name + ":" : ""
            kind: GText.Caption
            muted: true
        }
    }
}
