#include "node/store/tables/guild_people.h"

namespace guildhall::store::guild_people {

Result<std::set<protocol::UserId>> all(Tx& tx, protocol::GuildId guild) {
    std::set<protocol::UserId> out;
    const auto take = [&](const Row& row) { out.insert(row.id<protocol::UserId>(0)); };
    TRY_VOID(tx.each("SELECT user_id FROM members WHERE guild = $1", take, guild));
    TRY_VOID(
        tx.each("SELECT DISTINCT m.author FROM messages m JOIN logs l ON l.log = m.channel"
                " WHERE l.guild = $1",
                take,
                guild));
    TRY_VOID(
        tx.each("SELECT DISTINCT r.user_id FROM reactions r JOIN logs l ON l.log = r.channel"
                " WHERE l.guild = $1",
                take,
                guild));
    return out;
}

}  // namespace guildhall::store::guild_people
