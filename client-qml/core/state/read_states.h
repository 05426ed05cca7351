#pragma once
// Read states: how far each channel was read and how often one was mentioned since. The node keeps
// none yet, so they are this device's, in the cache. Sums over each guild are kept by what changes,
// never by going through its channels. Owned by State; GUI thread.

#include "client-qml/core/store/cache.h"

#include <QHash>

namespace guildhall::client {

struct Unread {
    bool any = false;
    int mentions = 0;
    bool operator==(const Unread&) const = default;
};

class ReadStates final {
  public:
    /// The cache outlives this.
    explicit ReadStates(Cache& cache);

    void load();
    bool is_empty() const { return entries_.isEmpty(); }
    /// The newest message that is known of a channel. A channel that was never seen before counts
    /// as read up to there - joining a guild must not light up its whole past - unless `is_news`:
    /// what was written in it, nobody has seen.
    void saw_channel(Snowflake channel, Snowflake guild, Snowflake last, bool is_news = false);
    /// Between these, what is to be written waits, and becomes one change of the cache.
    void gather() { gathers_ = true; }
    void write_gathered();
    /// A new message by somebody else.
    void saw_message(Snowflake channel, Snowflake guild, Snowflake message, bool mentions_me);
    /// Read up to and with that message; returns whether anything changed. Channels that were
    /// never seen stay unknown.
    bool mark_read(Snowflake channel, Snowflake message);
    /// Unread again from that message on.
    void mark_unread(Snowflake channel, Snowflake message);
    void forget(Snowflake channel);
    /// Hidden channels do not count in their guild's sum.
    void set_hidden(Snowflake channel, bool hidden);

    Unread unread(Snowflake channel) const;
    /// Guild 0: of direct messages.
    Unread of_guild(Snowflake guild) const;
    /// 0: of none, or not known.
    Snowflake guild_of(Snowflake channel) const;
    Snowflake last_read(Snowflake channel) const;
    Snowflake last_message(Snowflake channel) const;
    /// All channels that are known, by their guilds.
    QHash<Snowflake, std::vector<Snowflake>> by_guild() const;

  private:
    struct Entry {
        Snowflake guild = 0, last_read = 0, last_message = 0;
        int mentions = 0;
        bool hidden = false;

        Unread unread() const { return {last_message > last_read, mentions}; }
    };
    struct Sum {
        int channels = 0, mentions = 0;
    };
    void count(const Entry& entry, int step);
    /// Replaces an entry, sums included; writes it where the next start must know.
    void put(Snowflake channel, const Entry& entry, bool write);

    Cache& cache_;
    QHash<Snowflake, Entry> entries_;
    QHash<Snowflake, Sum> sums_;
    bool gathers_ = false;
    std::vector<CachedReadState> gathered_;
};

}  // namespace guildhall::client
