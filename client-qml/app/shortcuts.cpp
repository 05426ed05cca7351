#include "client-qml/app/shortcuts.h"

#include <QCoreApplication>
#include <QKeySequence>

#include <array>

namespace guildhall::client {

namespace {

/// `action` is empty where a page binds the key itself: then it is only listed.
struct Row {
    const char *group, *action, *keys, *text;
};

constexpr std::array kRows{
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Everywhere"),
        "switch",
        "Ctrl+K",
        QT_TRANSLATE_NOOP("Shortcuts", "Go to a guild, channel or person")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Everywhere"),
        "shortcuts",
        "Ctrl+/",
        QT_TRANSLATE_NOOP("Shortcuts", "Show this list")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Everywhere"),
        "settings",
        "Ctrl+,",
        QT_TRANSLATE_NOOP("Shortcuts", "Open the settings")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Everywhere"),
        "search",
        "Ctrl+F",
        QT_TRANSLATE_NOOP("Shortcuts", "Search messages")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Everywhere"),
        "zoomIn",
        "Ctrl++",
        QT_TRANSLATE_NOOP("Shortcuts", "Larger")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Everywhere"),
        "zoomOut",
        "Ctrl+-",
        QT_TRANSLATE_NOOP("Shortcuts", "Smaller")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Everywhere"),
        "zoomReset",
        "Ctrl+0",
        QT_TRANSLATE_NOOP("Shortcuts", "Normal size")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Everywhere"),
        "nextPart",
        "F6",
        QT_TRANSLATE_NOOP("Shortcuts", "Next part of the window")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Everywhere"),
        "previousPart",
        "Shift+F6",
        QT_TRANSLATE_NOOP("Shortcuts", "Previous part of the window")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Everywhere"),
        "menu",
        "Shift+F10",
        QT_TRANSLATE_NOOP("Shortcuts", "Open the menu of what is chosen")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Everywhere"),
        "nextAccount",
        "Ctrl+Shift+A",
        QT_TRANSLATE_NOOP("Shortcuts", "Next account")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Everywhere"),
        "quit",
        "Ctrl+Q",
        QT_TRANSLATE_NOOP("Shortcuts", "Quit")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Places"),
        "back",
        "Alt+Left",
        QT_TRANSLATE_NOOP("Shortcuts", "Back")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Places"),
        "forward",
        "Alt+Right",
        QT_TRANSLATE_NOOP("Shortcuts", "Forward")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Places"),
        "previousChannel",
        "Alt+Up",
        QT_TRANSLATE_NOOP("Shortcuts", "Previous channel")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Places"),
        "nextChannel",
        "Alt+Down",
        QT_TRANSLATE_NOOP("Shortcuts", "Next channel")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Places"),
        "previousUnread",
        "Alt+Shift+Up",
        QT_TRANSLATE_NOOP("Shortcuts", "Previous unread channel")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Places"),
        "nextUnread",
        "Alt+Shift+Down",
        QT_TRANSLATE_NOOP("Shortcuts", "Next unread channel")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Places"),
        "previousGuild",
        "Ctrl+Alt+Up",
        QT_TRANSLATE_NOOP("Shortcuts", "Previous guild")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Places"),
        "nextGuild",
        "Ctrl+Alt+Down",
        QT_TRANSLATE_NOOP("Shortcuts", "Next guild")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Places"),
        "createGuild",
        "Ctrl+Shift+N",
        QT_TRANSLATE_NOOP("Shortcuts", "Create or join a guild")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Places"),
        "members",
        "Ctrl+U",
        QT_TRANSLATE_NOOP("Shortcuts", "Show or hide the members")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Places"),
        "pins",
        "Ctrl+P",
        QT_TRANSLATE_NOOP("Shortcuts", "Pinned messages")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Places"),
        "markRead",
        "Shift+Esc",
        QT_TRANSLATE_NOOP("Shortcuts", "Mark the guild as read")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Messages"),
        "jumpToDate",
        "Ctrl+G",
        QT_TRANSLATE_NOOP("Shortcuts", "Go to a date")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Messages"),
        "jumpToPresent",
        "Ctrl+End",
        QT_TRANSLATE_NOOP("Shortcuts", "Go to the newest message")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Messages"),
        "",
        "Up",
        QT_TRANSLATE_NOOP("Shortcuts", "Edit the last message, from an empty field")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Messages"),
        "",
        "E",
        QT_TRANSLATE_NOOP("Shortcuts", "Edit the message")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Messages"),
        "",
        "R",
        QT_TRANSLATE_NOOP("Shortcuts", "Reply to the message")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Messages"),
        "",
        "+",
        QT_TRANSLATE_NOOP("Shortcuts", "React to the message")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Messages"),
        "",
        "Ctrl+Shift+P",
        QT_TRANSLATE_NOOP("Shortcuts", "Pin the message")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Messages"),
        "",
        "Return",
        QT_TRANSLATE_NOOP("Shortcuts",
                          "Show what the message hides, its pictures, what it answers")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Messages"),
        "",
        "S",
        QT_TRANSLATE_NOOP("Shortcuts", "Save the message's files")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Messages"),
        "",
        "Del",
        QT_TRANSLATE_NOOP("Shortcuts", "Delete the message; with Shift without asking")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Messages"),
        "",
        "Ctrl+C",
        QT_TRANSLATE_NOOP("Shortcuts", "Copy the message's text")},
    Row{QT_TRANSLATE_NOOP("Shortcuts", "Messages"),
        "",
        "Esc",
        QT_TRANSLATE_NOOP("Shortcuts", "Back to the field")},
};

}  // namespace

Shortcuts::Shortcuts(QObject* parent) : QAbstractListModel(parent) {}

int Shortcuts::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(kRows.size());
}

QVariant Shortcuts::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Row& row = kRows[std::size_t(index.row())];
    switch (role) {
        case GroupRole:
            return QCoreApplication::translate("Shortcuts", row.group);
        case ActionRole:
            return QString::fromLatin1(row.action);
        case KeysRole:
            return QString::fromLatin1(row.keys);
        case TextRole:
            return QCoreApplication::translate("Shortcuts", row.text);
        case GlobalRole:
            return row.action[0] != '\0';
        default:
            return {};
    }
}

QHash<int, QByteArray> Shortcuts::roleNames() const {
    return {{GroupRole, "group"},
            {ActionRole, "action"},
            {KeysRole, "keys"},
            {TextRole, "text"},
            {GlobalRole, "global"}};
}

}  // namespace guildhall::client
