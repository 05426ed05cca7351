#pragma once
// CommandText: what a field of a slash command says to people, and what their text means to it.
// Pure; GUI thread.

#include "client-qml/composer/command_book.h"

#include <QCoreApplication>
#include <QHash>

namespace guildhall::client {

class CommandText final {
    Q_DECLARE_TR_FUNCTIONS(CommandText)

  public:
    /// What a text means: a value, or in plain words why it is none.
    struct Read {
        QJsonValue value = QJsonValue(QJsonValue::Undefined);
        QString error;
    };
    /// Not for files, people, roles and channels, which are picked.
    static Read read(const CommandOption& option, const QString& text);

    /// "a whole number", "pick one".
    static QString kind(const CommandOption& option);
    /// The description, and what else has to be known: "How many days · From 1 to 7."
    static QString hint(const CommandOption& option);
    static QString pick_one(const CommandOption& option);
    static QString yes() { return tr("yes"); }
    static QString no() { return tr("no"); }

    /// "city: Oslo days: 3" by the names that the command has; a single one may go without its
    /// name. What cannot be told apart is the first option's.
    static QHash<QString, QString> split(const SlashCommand& command, const QString& text);

  private:
    static Read read_number(const CommandOption& option, const QString& text);
    static QString bounds(const CommandOption& option);
};

}  // namespace guildhall::client
