#include "node/peering/known_nodes.h"

#include "node/peering/mirror/mirrors.h"

namespace guildhall::peering {

namespace f = federation;
using services::Followed;
using services::KnownNode;

/// Who called once and proved nothing is nobody's peer; whom the operator keeps out, or has not
/// decided about, is the operator's to know.
bool KnownNodes::is_shown(const Known& known) const {
    const f::Trust trust = known.standing.trust;
    if (trust == f::Trust::blocked || trust == f::Trust::held) return false;
    return known.pinned || known.standing.by_operator || peers_.is_wanted(known.uid) ||
           peers_.is_linked(known.uid);
}

KnownNode KnownNodes::shown(const Known& known) const {
    KnownNode out{.uid = std::string(known.uid.text()), .name = known.label};
    out.is_verified = known.pinned;
    out.is_reachable = peers_.is_linked(known.uid);
    out.last_seen_ms = out.is_reachable ? ctx_.clock.unix_ms() : known.last_seen_ms;
    return out;
}

Task<std::vector<KnownNode>> KnownNodes::list_here(std::string after, std::size_t limit) const {
    std::vector<KnownNode> out;
    peers_.directory().for_each_after(after, [&](const Known& known) {
        if (is_shown(known)) out.push_back(shown(known));
        return out.size() < limit;
    });
    co_return out;
}

Task<std::vector<KnownNode>> KnownNodes::look_up_here(std::vector<std::string> uids) const {
    std::vector<KnownNode> out;
    for (std::string& text : uids) {
        const auto uid = Hash32::from(std::string_view(text));
        const Known* known = uid ? peers_.directory().find(*uid) : nullptr;
        out.push_back(known ? shown(*known) : KnownNode{.uid = std::move(text)});
    }
    co_return out;
}

Task<std::optional<Followed>> KnownNodes::followed_here(protocol::GuildId guild) const {
    const auto mirror = mirrors_.find(guild);
    if (!mirror) co_return std::nullopt;
    Followed out{.behind = mirror->lag(), .head_ms = mirrors_.last_head_ms(guild)};
    mirror->for_each_log(
        [&](std::uint64_t, const FollowedLog& log) { out.entries += log.applied; });
    co_return out;
}

Task<std::vector<KnownNode>> KnownNodes::list(base::Shard& here,
                                              std::string after,
                                              std::size_t limit) {
    auto look = [this, &after, limit] { return list_here(std::move(after), limit); };
    co_return co_await base::on_shard(here, ctx_.here, look);
}

Task<std::vector<KnownNode>> KnownNodes::look_up(base::Shard& here, std::vector<std::string> uids) {
    auto look = [this, &uids] { return look_up_here(std::move(uids)); };
    co_return co_await base::on_shard(here, ctx_.here, look);
}

Task<std::optional<Followed>> KnownNodes::followed(base::Shard& here, protocol::GuildId guild) {
    auto look = [this, guild] { return followed_here(guild); };
    co_return co_await base::on_shard(here, ctx_.here, look);
}

}  // namespace guildhall::peering
