#pragma once
// Navigator: where one is - which guild, which channel, which message is jumped to - and where one
// was: back and forward, the last channel of each guild, links from outside. QML's singleton for
// the shown account; GUI thread.

#include "client-qml/core/account/accounts.h"

namespace guildhall::client {

class Navigator final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(QString guildId READ guildId NOTIFY moved)
    Q_PROPERTY(QString channelId READ channelId NOTIFY moved)
    Q_PROPERTY(bool canGoBack READ canGoBack NOTIFY moved)
    Q_PROPERTY(bool canGoForward READ canGoForward NOTIFY moved)

  public:
    explicit Navigator(Accounts& accounts, QObject* parent = nullptr);
    static Navigator* create(QQmlEngine* engine, QJSEngine*);
    void use_in(QQmlEngine& engine);

    /// Empty guild: direct messages.
    QString guildId() const { return id_text(here_.guild); }
    QString channelId() const { return id_text(here_.channel); }
    Snowflake guild() const { return here_.guild; }
    Snowflake channel() const { return here_.channel; }
    bool canGoBack() const { return at_ > 0; }
    bool canGoForward() const { return at_ + 1 < int(trail_.size()); }

    /// The guild, at the channel where one left it, or the first that can be read.
    Q_INVOKABLE void openGuild(const QString& guild);
    Q_INVOKABLE void openChannel(const QString& channel);
    Q_INVOKABLE void openMessage(const QString& channel, const QString& message);
    Q_INVOKABLE void back();
    Q_INVOKABLE void forward();
    /// The next channel, by `step` 1 or -1, of those shown; only unread ones where asked.
    Q_INVOKABLE void step(int step, bool unread);
    /// guildhall://..., https://NODE/channels/G/C/M, https://NODE/i/CODE, CODE@NODE. False: no
    /// link of ours.
    Q_INVOKABLE bool openLink(const QString& link);

  signals:
    void moved();
    void jumpRequested(const QString& channel, const QString& message);
    /// An invite was followed: "CODE" or "CODE@NODE"; `node` is where the link pointed.
    void inviteOpened(const QString& code, const QString& node);

  private:
    struct Place {
        Snowflake guild = 0, channel = 0;
        friend bool operator==(const Place&, const Place&) = default;
    };
    void follow(Account* account);
    void go(Place place, bool keep_trail = false);
    Snowflake first_channel(Snowflake guild) const;
    State* state() const;

    Accounts& accounts_;
    QPointer<Account> account_;
    Place here_;
    std::vector<Place> trail_;
    int at_ = -1;
    QHash<Snowflake, Snowflake> last_channel_;
};

/// A link that this program opens, taken apart; `kind` is none for any other text.
struct Link {
    enum class Kind { none, message, channel, guild, invite };
    Kind kind = Kind::none;
    Snowflake guild = 0, channel = 0, message = 0;
    QString code;  // "CODE" or "CODE@NODE~PIN"
    QString node;  // host[:port] that the link names; empty: one's own
};
Link parse_link(const QString& text);

}  // namespace guildhall::client
