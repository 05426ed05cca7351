#pragma once
// MemberTable: who is known in which guild, within bounds that hold whatever a node sends, and of
// whom it is not known whether they are still there: kept from an earlier session, in which they
// were told of, while in this one nobody spoke of them. Owned by State; GUI thread.

#include "client-qml/core/data/guild.h"

#include <QHash>
#include <QSet>

#include <vector>

namespace guildhall::client {

/// Members kept of one guild, and of all together. A member takes about 300 bytes.
inline constexpr qsizetype kMembersMax = 50'000, kAllMembersMax = 100'000;

class MemberTable final {
  public:
    const Member* find(Snowflake guild, Snowflake user) const;
    std::vector<const Member*> of(Snowflake guild) const;
    qsizetype count() const { return count_; }

    /// The node says so now. Where there are too many, the largest other guild's go, but for
    /// oneself, whose roles decide what is seen; false: this one has too many itself.
    bool put(const Member& member, Snowflake self);
    /// From the cache; what is known already stays, and nobody goes for it.
    bool put_remembered(const Member& member);
    void remove(Snowflake guild, Snowflake user);
    void clear(Snowflake guild);

    /// These are all that it has, told of now.
    void replace(Snowflake guild, QHash<Snowflake, Member> members, Snowflake self);

    /// A session that missed events began: nobody is known to be there still.
    void doubt(Snowflake guild);
    bool is_doubted(Snowflake guild, Snowflake user) const;
    /// By id, at most that many.
    std::vector<Snowflake> doubted(Snowflake guild, std::size_t most) const;

  private:
    struct Here {
        QHash<Snowflake, Member> members;
        QSet<Snowflake> doubted;
    };
    qsizetype size_of(Snowflake guild) const;
    bool make_room(Snowflake guild, Snowflake self);

    QHash<Snowflake, Here> guilds_;
    qsizetype count_ = 0;
};

}  // namespace guildhall::client
