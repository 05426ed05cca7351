#pragma once
// Unfinished: what was begun in a channel that one left - a reply, an edit, attached files - for
// when one comes back. Text that is no edit is a draft, which the cache keeps. Lives as long as the
// composer; pure.

#include "client-qml/composer/attachment_list.h"
#include "client-qml/core/base/snowflake.h"

#include <deque>

namespace guildhall::client {

struct Unfinished {
    Snowflake reply = 0, edit = 0;
    bool pings = true;
    QString reply_author, reply_text;
    QString edit_content;  // as it would be sent
    AttachmentList::Files files;

    bool is_nothing() const { return reply == 0 && edit == 0 && files.empty(); }
};

class UnfinishedShelf final {
  public:
    /// More than people keep in mind; beyond it the one that was left first goes.
    static constexpr std::size_t kMax = 50;

    void put(const QString& account, Snowflake channel, Unfinished one);
    /// Nothing, where nothing was left there.
    Unfinished take(const QString& account, Snowflake channel);

  private:
    struct Entry {
        QString account;
        Snowflake channel = 0;
        Unfinished one;
    };
    std::deque<Entry> entries_;  // the oldest first
};

}  // namespace guildhall::client
