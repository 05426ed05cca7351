#pragma once
// Cache: what one account knew when it last ran, in SQLite files: guilds, channels, members,
// messages as ranges of ids, read states, drafts, the unsent queue. Opened on the GUI thread and
// read there (a page of messages takes under 2 ms); writes go to a thread of its own, in order and
// in batches, except drafts and unsent messages, which are on the disk when the call returns (some
// ms: callers wait for a pause in typing). A file that cannot be read is moved aside
// and begun anew; drafts, unsent messages, notes, settings and read states, which have a file of
// their own, stay.

#include "client-qml/core/base/snowflake.h"
#include "client-qml/core/data/message.h"

#include <QJsonObject>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace guildhall::client {

/// What the rail shows of a guild before anything else is read.
struct CachedGuild {
    Snowflake id = 0;
    QString name, icon;
    bool unavailable = false;  // not kept: known of the running session
};

struct CachedReadState {
    Snowflake channel = 0;
    Snowflake last_read = 0;
    int mentions = 0;
    Snowflake guild = 0;         // for badges while the guild itself was not looked at
    Snowflake last_message = 0;  // what is unread stays so over a restart
};

/// A message that the node has not acknowledged yet.
struct Unsent {
    qint64 key = 0;  // of the queue: later ones are greater
    Snowflake channel = 0;
    QString nonce;
    QJsonObject body;   // as POST sends it
    QStringList files;  // paths
    QString error;      // why it failed for good; empty while it waits
    qint64 made_ms = 0;
};

/// Messages of a channel, newest first, and whether anything may lie beyond either end that is
/// not cached: ranges of ids are known to be complete inside, never between.
struct CachedPage {
    std::vector<Message> messages;
    bool reaches_newest = false;  // up to what the channel's last message is known to be
    bool gap_before = true;       // older ones must be asked for
    bool gap_after = true;        // newer ones must be asked for
    // The range that the page is of: between its ends, both included, nothing is missing. Both 0
    // where nothing is cached; oldest 0: it reaches back to the channel's beginning.
    Snowflake oldest_known = 0, newest_known = 0;
};

struct CachedHit {
    Snowflake channel = 0;
    Message message;
};

/// How much is kept. What is beyond goes, the oldest first, once that much more has come or at the
/// next start: what somebody scrolls through now is not taken from under them.
struct CacheLimits {
    int channel_messages = 5'000;    // two evenings of the busiest channel; the node has the rest
    int messages = 500'000;          // about 400 MB
    int old_channel_messages = 200;  // where `messages` is exceeded, of channels long not opened
    int guild_members = 2'000;
};

class Cache final {
  public:
    /// `folder` is the account's own. Never fails: where nothing can be written it works in memory
    /// and says so.
    explicit Cache(const QString& folder, CacheLimits limits = {});
    ~Cache();

    /// What went wrong when it was opened, for people; empty where nothing did.
    QString complaint() const;

    // --- who and what: JSON as the node sent it, so that a newer program can read more of it ---
    QJsonObject self() const;
    void put_self(const QJsonObject& user);
    std::vector<CachedGuild> guilds() const;
    /// GUILD_CREATE's object without its members.
    QJsonObject guild(Snowflake guild) const;
    void put_guild(Snowflake guild, const QJsonObject& object);
    /// With members, all in one change; `whole`: others of the guild go.
    void put_guild(Snowflake guild,
                   const QJsonObject& object,
                   const QJsonArray& members,
                   bool whole);
    /// Changes what is kept of a guild, on the writer's thread: the edit borrows nothing.
    using Edit = std::function<void(QJsonObject&)>;
    void edit_guild(Snowflake guild, const Edit& edit);
    void remove_guild(Snowflake guild);
    /// Direct messages.
    std::vector<QJsonObject> private_channels() const;
    void put_private_channel(Snowflake channel, const QJsonObject& object);
    void remove_private_channel(Snowflake channel);
    /// At most `limit` members, those seen last.
    std::vector<QJsonObject> members(Snowflake guild, int limit) const;
    /// Empty where that one is not kept.
    QJsonObject member(Snowflake guild, Snowflake user) const;
    void put_member(Snowflake guild, Snowflake user, const QJsonObject& member);
    void remove_member(Snowflake guild, Snowflake user);

    // --- messages ---
    /// The newest `limit` that are cached, from one range as every page. A read sees what was put
    /// before it: where that still waits to be written it waits too, for one batch (about 20 ms),
    /// at most 2 s.
    CachedPage newest(Snowflake channel, int limit) const;
    /// Those with an id below / above `from`; without `from` itself.
    CachedPage before(Snowflake channel, Snowflake from, int limit) const;
    CachedPage after(Snowflake channel, Snowflake from, int limit) const;
    /// About half of `limit` to each side of `at`, with it where it exists.
    CachedPage around(Snowflake channel, Snowflake at, int limit) const;
    /// A page as the node answered: between `oldest` and `newest` (inclusive) it holds everything,
    /// so what is cached there and not in it goes. Joins the ranges that it touches. `oldest` 0:
    /// the page begins with the channel. A page below a message X ends at X - 1; where `newest`
    /// is no real id (above 2^63), the page ends with its own newest message.
    void put_page(Snowflake channel,
                  Snowflake oldest,
                  Snowflake newest,
                  const QJsonArray& messages);
    /// From the gateway: the newest message. It continues the newest range only where `continues`:
    /// the connection has told of everything since that range's end.
    void put_message(Snowflake channel, const QJsonObject& message, bool continues);
    /// The same where it is known what the channel's last message was before this one: it continues
    /// a newest range that reaches that far. `previous` 0: it is not known.
    void put_next_message(Snowflake channel, const QJsonObject& message, Snowflake previous);
    /// Edits and reactions: the whole message as it is now, where it is cached.
    void update_message(Snowflake channel, const QJsonObject& message);
    /// Changes one message where it is cached, on the writer's thread: the edit borrows nothing.
    void edit_message(Snowflake channel, Snowflake message, const Edit& edit);
    void remove_messages(Snowflake channel, const std::vector<Snowflake>& ids);
    void forget_channel(Snowflake channel);
    /// Messages that hold all of `words`, the last of which may go on, newest first; no words: all
    /// there are. `channels` empty: all; `author` 0: anybody; `below` 0: from the newest. At most
    /// `limit`.
    std::vector<CachedHit> search(const QString& words,
                                  const std::vector<Snowflake>& channels,
                                  Snowflake author,
                                  Snowflake below,
                                  int limit) const;

    // --- read states ---
    std::vector<CachedReadState> read_states() const;
    void put_read_state(const CachedReadState& state);
    /// In one change.
    void put_read_states(const std::vector<CachedReadState>& states);
    void remove_read_state(Snowflake channel);

    // --- drafts and the unsent queue: durable when the call returns ---
    QString draft(Snowflake channel) const;
    void put_draft(Snowflake channel, const QString& text);
    std::vector<Snowflake> drafts() const;
    std::vector<Unsent> unsent() const;
    /// Returns its key.
    qint64 put_unsent(const Unsent& message);
    void fail_unsent(qint64 key, const QString& error);
    void remove_unsent(qint64 key);

    /// What one wrote for oneself about a person; empty: nothing. On the disk soon; false: there
    /// are too many, or it is too long.
    QString note(Snowflake user) const;
    bool put_note(Snowflake user, const QString& text);

    /// Small settings of the account (folders of the rail, notification rules, last place), on the
    /// disk soon. An undefined value removes one; false: there are too many, or it is too large.
    QJsonValue setting(const QString& name) const;
    bool put_setting(const QString& name, const QJsonValue& value);

    /// How many changes were handed to the writer's thread so far: what tests hold against what
    /// happened.
    quint64 changes_put() const;
    /// Waits until what was put is on the disk: before exit, and in tests.
    void flush();
    /// Keeps `CacheLimits` now; happens by itself 5 s after the first change of a run.
    void trim();

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::client
