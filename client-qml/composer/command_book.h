#pragma once
// CommandBook: the slash commands of a guild's bots, as the node lists them. Owned by a
// ComposerModel; GUI thread.

#include "client-qml/core/account/account.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace guildhall::client {

/// What a field of a command takes, by the numbers of the API.
enum class OptionType {
    text = 3,
    whole_number = 4,
    yes_or_no = 5,
    person = 6,
    channel = 7,
    role = 8,
    person_or_role = 9,
    number = 10,
    file = 11,
};

struct OptionChoice {
    QString name;
    QJsonValue value;
};

inline constexpr int kOptionLengthMax = 6'000;

struct CommandOption {
    QString name;                // as the node knows it
    QString label, description;  // as people read it
    OptionType type = OptionType::text;
    bool required = false, autocomplete = false;
    std::vector<OptionChoice> choices;
    std::vector<int> channel_types;  // empty: all
    std::optional<double> least, most;
    int shortest = 0, longest = kOptionLengthMax;

    /// Whether it names somebody or something of the guild.
    bool is_entity() const;
    /// Whether only what is listed will do.
    bool is_listed() const;
};

/// A command, or a subcommand: `path` is "poll", or "poll close".
struct SlashCommand {
    Snowflake id = 0, application = 0;
    QString version, path, label, description, bot;
    std::vector<CommandOption> options;

    /// Names it among those of all bots.
    QString key() const { return id_text(id) + u' ' + path; }
};

class CommandBook : public QObject {
    Q_OBJECT
    QML_ANONYMOUS

  public:
    using QObject::QObject;

    /// Asks the node unless it did so for that place a moment ago.
    void load(Account* account, Snowflake guild, Snowflake channel);
    void take(const QJsonObject& index);
    /// What it knows may be outdated.
    void expire() { asked_ms_ = 0; }

    const std::vector<SlashCommand>& commands() const { return commands_; }
    /// The one that the text begins with, the longest; null where there is none.
    const SlashCommand* find(const QString& text) const;
    const SlashCommand* by_key(const QString& key) const;
    /// `data` of POST /interactions.
    static QJsonObject body(const SlashCommand& command, const QJsonArray& options);

  signals:
    void changed();

  private:
    void add(const QJsonObject& object, const SlashCommand& base, int depth);

    Snowflake place_ = 0;
    qint64 asked_ms_ = 0;  // steady; 0: never
    std::vector<SlashCommand> commands_;
};

}  // namespace guildhall::client
