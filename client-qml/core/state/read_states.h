#pragma once
// Read states: how far each channel was read and how often one was mentioned since. The node keeps
// none yet, so they are this device's, in the cache. Owned by State; GUI thread.

#include "client-qml/core/store/cache.h"

#include <QHash>

namespace guildhall::client {

struct Unread {
    bool any = false;
    int mentions = 0;
};

class ReadStates final {
  public:
    /// The cache outlives this.
    explicit ReadStates(Cache& cache);

    void load();
    /// The newest message that is known of a channel. A channel that was never seen before counts
    /// as read up to there: joining a guild must not light up its whole past.
    void saw_channel(Snowflake channel, Snowflake last_message);
    /// A new message by somebody else.
    void saw_message(Snowflake channel, Snowflake message, bool mentions_me);
    /// Read up to and with that message; returns whether anything changed.
    bool mark_read(Snowflake channel, Snowflake message);
    /// Unread again from that message on.
    void mark_unread(Snowflake channel, Snowflake message);
    void forget(Snowflake channel);

    Unread unread(Snowflake channel) const;
    Snowflake last_read(Snowflake channel) const;
    Snowflake last_message(Snowflake channel) const;

  private:
    struct Entry {
        Snowflake last_read = 0, last_message = 0;
        int mentions = 0;
    };
    void keep(Snowflake channel, const Entry& entry);

    Cache& cache_;
    QHash<Snowflake, Entry> entries_;
};

}  // namespace guildhall::client
