#pragma once
// Navigator: where one is - which guild, which channel, which message is jumped to - and where one
// was: back and forward, the last channel of each guild, links from outside. QML's singleton for
// the shown account; GUI thread.

#include "client-qml/core/account/accounts.h"

namespace guildhall::client {

struct Link;

class Navigator final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(QString guildId READ guildId NOTIFY moved)
    Q_PROPERTY(QString channelId READ channelId NOTIFY moved)
    Q_PROPERTY(bool canGoBack READ canGoBack NOTIFY moved)
    Q_PROPERTY(bool canGoForward READ canGoForward NOTIFY moved)
    /// An invite that waits until somebody is logged in: its code, and the address of its node as
    /// the link has it (host[:port]). Empty: none does.
    Q_PROPERTY(QString pendingInvite READ pendingInvite NOTIFY pendingChanged)
    Q_PROPERTY(QString pendingNode READ pendingNode NOTIFY pendingChanged)

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
    /// The guild at this channel, as soon as both are known: where an invite leads.
    Q_INVOKABLE void openGuildAt(const QString& guild, const QString& channel);
    Q_INVOKABLE void openChannel(const QString& channel);
    Q_INVOKABLE void openMessage(const QString& channel, const QString& message);
    Q_INVOKABLE void back();
    Q_INVOKABLE void forward();
    /// The next channel, by `step` 1 or -1, of those shown; only unread ones where asked.
    Q_INVOKABLE void step(int step, bool unread);
    /// guildhall://..., https://NODE/channels/G/C/M, https://NODE/i/CODE, CODE@NODE, of the
    /// nodes of one's accounts. False: the link is somebody else's. What is of one's own node and
    /// cannot be opened is ours too: linkRefused says why.
    Q_INVOKABLE bool openLink(const QString& link);
    /// The same for a link that the system hands over, which means us: invites of any node, and
    /// what is not known yet waits until somebody is logged in and the node has spoken.
    void open_from_system(const QString& link);
    QString pendingInvite() const;
    QString pendingNode() const;

  signals:
    void moved();
    void pendingChanged();
    /// A link was followed that leads nowhere for this person; in words.
    void linkRefused(const QString& why);
    void jumpRequested(const QString& channel, const QString& message);
    /// An invite was followed: "CODE" of one's own node, "CODE@NODE" of any other.
    void inviteOpened(const QString& code, const QString& node);

  private:
    struct Place {
        Snowflake guild = 0, channel = 0;
        friend bool operator==(const Place&, const Place&) = default;
    };
    void follow(Account* account);
    /// After everything may have become different: away from what is gone, to where one was.
    void restore();
    bool is_known(const Place& place) const;
    /// Whose node a link names; the shown one first. Null: nobody's.
    Account* account_of(const Link& link) const;
    bool open_invite(const Link& link, bool from_system);
    /// False: it is not there for whoever it is.
    bool open_place(const Link& link, Account& owner);
    void set_pending(const QString& link);
    QString refusal(const Link& link) const;
    void go(Place place, bool keep_trail = false);
    Snowflake first_channel(Snowflake guild) const;
    Snowflake awaited_in(Snowflake guild) const;
    State* state() const;

    Accounts& accounts_;
    QPointer<Account> account_;
    Place here_;
    std::vector<Place> trail_;
    int at_ = -1;
    QHash<Snowflake, Snowflake> last_channel_;
    Snowflake awaited_ = 0;          // a guild to open as soon as it is told of
    Snowflake awaited_channel_ = 0;  // where in it; 0: where one was, or the first
    bool is_placed_ = false;         // somebody went somewhere, or was brought back
    QString pending_;                // a link of the system that could not be opened yet
};

/// A link that this program opens, taken apart; `kind` is none for any other text.
struct Link {
    enum class Kind { none, message, channel, guild, invite };
    Kind kind = Kind::none;
    Snowflake guild = 0, channel = 0, message = 0;
    QString code;         // "CODE" or "CODE@NODE~PIN"
    QString node;         // host[:port] that the link names; empty: one's own
    bool is_web = false;  // http or https: it may be anybody's
};
Link parse_link(const QString& text);

}  // namespace guildhall::client
