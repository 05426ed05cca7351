#include "node/gateway/hosting_update.h"

#include "federation/bytes.h"
#include "protocol/json/writer.h"

namespace guildhall::gateway {

using journal::GuildRole;

std::string hosting_update(const journal::View& view, const protocol::GuildState& state) {
    const protocol::GuildId guild = state.guild.id;
    const GuildRole role = view.role(guild);
    const bool own = role == GuildRole::hosted;
    std::string out;
    protocol::JsonWriter w(out);
    w.begin_object()
        .id("guild_id", guild)
        .string("host", federation::to_hex(state.hosting.hostUid))
        .boolean("own", own)
        .boolean("reachable", own || !view.is_host_away(guild))
        .boolean("frozen", role == GuildRole::frozen)
        .number("epoch", state.hosting.epoch)
        .end_object();
    return out;
}

std::string hosting_list(const journal::View& view, const std::vector<protocol::GuildId>& guilds) {
    std::string out;
    protocol::JsonWriter w(out);
    w.begin_array();
    for (const protocol::GuildId id : guilds) {
        const auto* guild = view.guild(id);
        if (guild && view.role(id) != GuildRole::hosted) w.raw(hosting_update(view, **guild));
    }
    w.end_array();
    return out;
}

}  // namespace guildhall::gateway
