import QtQuick
import Guildhall.Ui

// What hangs on few messages: files, embeds, reactions. Loaded only where there is any.
Column {
    id: root

    required property int row
    required property string messageId
    required property var files
    required property var embeds
    required property var reactions
    required property MessageActions actions

    // Files have a menu of their own.
    function hasFileAt(at: point): bool {
        const part = childAt(at.x, at.y);
        return part?.isPicture !== undefined && part.contains(mapToItem(part, at));
    }

    spacing: Theme.spaceXs
    topPadding: Theme.spaceXs

    Repeater {
        model: root.files

        Loader {
            id: one
            required property var modelData
            readonly property bool isPicture: modelData.picture !== ""
            sourceComponent: isPicture ? picture : card

            Component {
                id: picture
                PictureTile {
                    source: one.modelData.picture
                    pictureWidth: one.modelData.width
                    pictureHeight: one.modelData.height
                    description: one.modelData.description === "" ? one.modelData.name : one.modelData.description
                    covered: one.modelData.covered
                    moves: one.modelData.moves
                    widest: Math.min(420, root.width)
                    onPressed: root.actions.pictureOpened(root.messageId, one.modelData.url)
                    onUncovered: root.actions.model.uncover(root.messageId, one.modelData.id)
                    onMenuRequested: (px, py) => root.actions.fileMenuRequested(one.modelData, this, px, py)
                }
            }
            Component {
                id: card
                FileCard {
                    file: one.modelData
                    width: Math.min(implicitWidth, root.width)
                    onSaved: root.actions.saveRequested(one.modelData)
                    onMenuRequested: (px, py) => root.actions.fileMenuRequested(one.modelData, this, px, py)
                    onOpened: root.actions.model.openWeb(one.modelData.url)
                }
            }
        }
    }
    Repeater {
        model: root.embeds

        EmbedCard {
            required property var modelData
            embed: modelData
            width: Math.min(implicitWidth, root.width)
            onLinkActivated: link => root.actions.model.follow(root.row, link, this)
            onPictureOpened: url => root.actions.pictureOpened(root.messageId, url)
        }
    }
    Loader {
        width: parent.width
        active: root.reactions.length > 0
        sourceComponent: ReactionRow {
            id: strip
            width: root.width
            reactions: root.reactions
            onToggled: code => root.actions.commands.react(root.messageId, code)
            onAsked: code => root.actions.commands.askReactors(root.messageId, code)
            onAdded: near => root.actions.reactionRequested(root.messageId, near)

            Connections {
                target: root.actions.commands
                function onReactors(message: string, code: string, names: string) {
                    if (message !== root.messageId)
                        return;
                    strip.people = names;
                    strip.peopleOf = code;
                }
            }
        }
    }
}
