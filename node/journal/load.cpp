#include "node/journal/load.h"

#include "node/store/projections/guild_facts.h"
#include "node/store/tables/entries.h"
#include "node/store/tables/messages.h"
#include "protocol/errors.h"
#include "protocol/event_codec.h"

#include <algorithm>

namespace guildhall::journal {
namespace {

namespace p = protocol;
using store::Row;
using store::Tx;

/// Decodes the first column of each row and gives it to `keep`.
template <class Object, class Keep>
p::Status load_each(Tx& tx, std::string_view sql, p::GuildId guild, Keep keep) {
    p::Status bad;
    TRY_VOID(tx.each(
        sql,
        [&](const Row& row) {
            auto object = p::decode_object<Object>(row.blob(0));
            if (object)
                keep(std::move(*object));
            else
                bad = object.error();
            return bad.has_value();
        },
        guild));
    return bad;
}

p::Status load_lists(Tx& tx, p::GuildState& s) {
    const p::GuildId id = s.guild.id;
    TRY_VOID(load_each<p::Role>(
        tx, "SELECT data FROM roles WHERE guild = $1 ORDER BY id", id, [&](p::Role r) {
            s.roles.insert_or_assign(r.id, r);
        }));
    TRY_VOID(load_each<p::Channel>(
        tx, "SELECT data FROM channels WHERE guild = $1 ORDER BY id", id, [&](p::Channel c) {
            s.channels.insert_or_assign(c.id, c);
        }));
    TRY_VOID(load_each<p::Member>(
        tx, "SELECT data FROM members WHERE guild = $1 ORDER BY user_id", id, [&](p::Member m) {
            s.members.insert_or_assign(m.userId, m);
        }));
    TRY_VOID(load_each<p::Ban>(
        tx, "SELECT data FROM bans WHERE guild = $1 ORDER BY user_id", id, [&](p::Ban b) {
            s.bans.insert_or_assign(b.userId, b);
        }));
    TRY_VOID(load_each<p::Invite>(
        tx, "SELECT data FROM invites WHERE guild = $1 ORDER BY code", id, [&](p::Invite i) {
            s.invites.insert_or_assign(i.code, i);
        }));
    TRY_VOID(store::load_facts(tx, s));
    return load_each<p::Command>(
        tx,
        "SELECT data FROM guild_commands WHERE guild = $1 ORDER BY application, id",
        id,
        [&](p::Command c) {
            const auto* known = s.commands.find(c.applicationId);
            auto list = known ? *known : std::vector<p::Command>();
            const p::ApplicationId application = c.applicationId;
            list.push_back(std::move(c));
            s.commands.insert_or_assign(application, std::move(list));
        });
}

p::Status load_positions(Tx& tx, const p::GuildState& s, LoadedGuild& out) {
    TRY(auto logs, store::entries::logs_of(tx, s.guild.id));
    for (const auto& log : logs) out.last_ts_ms = std::max(out.last_ts_ms, log.last_ts_ms);
    // An id's millisecond is never above its entry's time stamp, whatever was deleted since.
    out.last_id = p::first_id_at(out.last_ts_ms + 1) - 1;
    // Another host's clock may have made ids somewhat above its stamps.
    const auto observe = [&](std::uint64_t id) { out.last_id = std::max(out.last_id, id); };
    s.roles.for_each([&](p::RoleId id, const p::Role&) { observe(id.value); });
    p::Status bad;
    s.channels.for_each([&](p::ChannelId channel, const p::Channel&) {
        observe(channel.value);
        auto newest = store::messages::newest(tx, channel);
        if (!newest) {
            bad = newest.error();
        } else if (*newest) {
            observe((*newest).value);
            out.last_messages.emplace_back(channel, *newest);
        }
        return bad.has_value();
    });
    return bad;
}

}  // namespace

p::Result<p::GuildSnapshot> load_state(Tx& tx, p::GuildId guild) {
    auto state = std::make_shared<p::GuildState>();
    p::Status read = p::make_error(0, "a guild has no rows");
    bool found = false;
    TRY_VOID(tx.each(
        "SELECT g.data, l.size FROM guilds g JOIN logs l ON l.log = g.id"
        " WHERE g.id = $1 AND g.deleted = 0",
        [&](const Row& row) {
            found = true;
            auto data = p::decode_object<p::Guild>(row.blob(0));
            if (!data) {
                read = data.error();
                return false;
            }
            read = p::Status();
            state->guild = std::move(*data);
            state->control_size = static_cast<std::uint64_t>(row.int64(1));
            return false;
        },
        guild));
    if (!found) return p::GuildSnapshot();
    if (!read) return read.error();
    TRY_VOID(load_lists(tx, *state));
    return p::GuildSnapshot(std::move(state));
}

p::Result<std::vector<LoadedGuild>> load_guilds(Tx& tx) {
    TRY(auto rows, store::hosting::all(tx));
    std::vector<LoadedGuild> out;
    for (const store::hosting::HostingRow& row : rows) {
        TRY(auto state, load_state(tx, row.guild));
        if (!state) continue;
        LoadedGuild& loaded = out.emplace_back();
        loaded.epoch = row.epoch;
        loaded.role = row.role;
        loaded.complete = row.complete;
        TRY_VOID(load_positions(tx, *state, loaded));
        loaded.state = std::move(state);
    }
    return out;
}

}  // namespace guildhall::journal
