#include "node/store/projections/guild_facts.h"

#include "protocol/event_codec.h"

#include <optional>
#include <string>

namespace guildhall::store {
namespace {

namespace p = protocol;

/// Stored numbers: they keep their meaning.
enum class Fact : int { hosting = 0, identity = 1, node_ban = 2 };

template <class Object>
Status put(Tx& tx, p::GuildId guild, Fact kind, const std::string& key, const Object& object) {
    return tx.run(
        "INSERT INTO guild_facts (guild, kind, key, data) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (guild, kind, key) DO UPDATE SET data = $4",
        guild,
        static_cast<int>(kind),
        Blob(key),
        Blob(p::encode_object(object)));
}

template <class Object>
Result<std::optional<Object>> find(Tx& tx, p::GuildId guild, Fact kind, const std::string& key) {
    TRY(auto data,
        tx.first(
            "SELECT data FROM guild_facts WHERE guild = $1 AND kind = $2 AND key = $3",
            [](const Row& row) { return std::string(row.blob(0)); },
            guild,
            static_cast<int>(kind),
            Blob(key)));
    if (!data) return std::optional<Object>();
    TRY(Object object, p::decode_object<Object>(*data));
    return std::optional<Object>(std::move(object));
}

/// There is one hosting to a guild, under no key.
template <class Event>
Status change(Tx& tx, p::GuildId guild, const Event& event) {
    TRY(auto known, find<p::Hosting>(tx, guild, Fact::hosting, ""));
    p::Hosting hosting = known.value_or(p::Hosting());
    p::change_hosting(hosting, event);
    return put(tx, guild, Fact::hosting, "", hosting);
}

}  // namespace

Status project_fact(Tx& tx, p::GuildId guild, const p::GuildCreated& event) {
    return put(tx, guild, Fact::hosting, "", p::first_hosting(event));
}

Status project_fact(Tx& tx, p::GuildId guild, const p::IdentityAdded& event) {
    TRY(auto known, find<p::Identity>(tx, guild, Fact::identity, event.uid));
    return put(
        tx, guild, Fact::identity, event.uid, p::grown_identity(known ? &*known : nullptr, event));
}

Status project_fact(Tx& tx, p::GuildId guild, const p::HostingChanged& event) {
    TRY_VOID(change(tx, guild, event));
    return tx.run("UPDATE hosting SET host_uid = $2, host_name = $3 WHERE guild = $1",
                  guild,
                  Blob(event.hostUid),
                  event.hostName);
}

Status project_fact(Tx& tx, p::GuildId guild, const p::HostingPolicySet& event) {
    return change(tx, guild, event);
}

Status project_fact(Tx& tx, p::GuildId guild, const p::NodeBanned& event) {
    return put(tx,
               guild,
               Fact::node_ban,
               event.nodeUid,
               p::NodeBan{event.nodeUid, event.name, event.byUser});
}

Status project_fact(Tx& tx, p::GuildId guild, const p::NodeUnbanned& event) {
    return tx.run("DELETE FROM guild_facts WHERE guild = $1 AND kind = $2 AND key = $3",
                  guild,
                  static_cast<int>(Fact::node_ban),
                  Blob(event.nodeUid));
}

Status load_facts(Tx& tx, p::GuildState& state) {
    Status bad;
    const auto keep = [&](Fact kind, std::string_view data) -> Status {
        switch (kind) {
            case Fact::hosting: {
                TRY(state.hosting, p::decode_object<p::Hosting>(data));
                return {};
            }
            case Fact::identity: {
                TRY(p::Identity identity, p::decode_object<p::Identity>(data));
                std::string uid = identity.uid;
                state.identities.insert_or_assign(std::move(uid), std::move(identity));
                return {};
            }
            case Fact::node_ban: {
                TRY(p::NodeBan ban, p::decode_object<p::NodeBan>(data));
                std::string uid = ban.nodeUid;
                state.node_bans.insert_or_assign(std::move(uid), std::move(ban));
                return {};
            }
        }
        return {};
    };
    TRY_VOID(tx.each(
        "SELECT kind, data FROM guild_facts WHERE guild = $1 ORDER BY kind, key",
        [&](const Row& row) {
            bad = keep(static_cast<Fact>(row.int64(0)), row.blob(1));
            return bad.has_value();
        },
        state.guild.id));
    return bad;
}

Status put_facts(Tx& tx, const p::GuildState& state) {
    const p::GuildId guild = state.guild.id;
    Status status = put(tx, guild, Fact::hosting, "", state.hosting);
    state.identities.for_each([&](const std::string& uid, const p::Identity& identity) {
        status = put(tx, guild, Fact::identity, uid, identity);
        return status.has_value();
    });
    if (!status) return status;
    state.node_bans.for_each([&](const std::string& uid, const p::NodeBan& ban) {
        status = put(tx, guild, Fact::node_ban, uid, ban);
        return status.has_value();
    });
    return status;
}

}  // namespace guildhall::store
