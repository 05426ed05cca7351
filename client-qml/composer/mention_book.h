#pragma once
// MentionBook: what people read as @name, #channel and :emoji: while they write, and what the node
// is sent instead. Remembers what completion put in and what an edited message held. Pure; GUI
// thread.

#include "client-qml/core/state/state.h"

#include <QString>

#include <vector>

namespace guildhall::client {

class MentionBook final {
  public:
    /// `shown` as people know it, "@Ada Lovelace"; `code`, "<@123>". Returns what is to stand in
    /// the text: `shown`, with a number where another code has it, or the code itself where it is
    /// no name or too much is remembered.
    QString add(const QString& shown, const QString& code);
    void clear() { entries_.clear(); }

    QString to_codes(const QString& text) const;
    /// The other way round, for messages and drafts; what is not known stays a code.
    QString to_names(const QString& content, const State& state, Snowflake guild);

  private:
    struct Entry {
        QString shown, code;
    };
    const Entry* at(QStringView text, qsizetype from) const;
    QString shown_for(QStringView code, const State& state, Snowflake guild) const;

    std::vector<Entry> entries_;  // longest first
};

}  // namespace guildhall::client
