#pragma once
// CommandBook: the slash commands of a guild's bots, as the node lists them, and the one that is
// being written: "/weather city: Oslo days: 3". Options are checked by their types before anything
// is sent. Owned by a ComposerModel; GUI thread.

#include "client-qml/core/account/account.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace guildhall::client {

struct CommandOption {
    QString name, description;
    int type = 3;  // 3 text, 4 whole number, 5 yes or no, 6 person, 7 channel, 8 role, 10 number
    bool required = false;
    std::vector<std::pair<QString, QJsonValue>> choices;
};

/// A command, or a subcommand: `path` is "poll", or "poll close".
struct SlashCommand {
    Snowflake id = 0, application = 0;
    QString version, path, description;
    std::vector<CommandOption> options;
};

class CommandBook : public QObject {
    Q_OBJECT
    QML_ANONYMOUS

  public:
    using QObject::QObject;

    /// Asks the node unless it has for that guild.
    void load(Account* account, Snowflake guild, Snowflake channel);
    void take(const QJsonObject& index);

    const std::vector<SlashCommand>& commands() const { return commands_; }
    /// The one that the text begins with, the longest; null where there is none.
    const SlashCommand* find(const QString& text) const;
    /// What goes into `options`, or why it cannot: "days: a whole number is needed".
    struct Filled {
        QJsonArray options;
        QString error;
    };
    static Filled fill(const SlashCommand& command, const QString& text);
    /// What POST /interactions is sent.
    static QJsonObject body(const SlashCommand& command, const QJsonArray& options);
    /// "city: text, required"
    static QString hint(const SlashCommand& command);

  signals:
    void changed();

  private:
    void add(const QJsonObject& object, const SlashCommand& base, int depth);

    Snowflake guild_ = 0;
    std::vector<SlashCommand> commands_;
};

}  // namespace guildhall::client
