#include "node/peering/host/invite_source.h"

#include "node/peering/host/log_reading.h"
#include "node/services/membership.h"
#include "node/services/present/invite.h"
#include "node/store/tables/hosting.h"
#include "protocol/errors.h"

#include <utility>

namespace guildhall::peering {

namespace f = federation;
using protocol::GuildId;

namespace {

void refuse_unknown(const Inbound& from) {
    from.refuse(f::ProblemCode::not_found, "Unknown Invite");
}

/// The invite, if it still leads somewhere.
const protocol::Invite* find(const journal::GuildSnapshot* guild,
                             const std::string& code,
                             protocol::UnixMs now) {
    const protocol::Invite* invite = guild ? (*guild)->invites.find(code) : nullptr;
    return invite && !services::has_ended(*invite, now) ? invite : nullptr;
}

struct Birth {
    std::string genesis;
    std::vector<std::string> hosting;
};

Result<Birth> read_birth(store::Tx& tx, GuildId guild) {
    Birth out;
    TRY(out.genesis, read_genesis(tx, guild));
    TRY(auto certificates, store::hosting::certificates_above(tx, guild, -1));
    for (auto& c : certificates) out.hosting.push_back(std::move(c.bytes));
    return out;
}

}  // namespace

InviteSource::InviteSource(Context& ctx, Peers& peers, const services::Online* online)
    : ctx_(ctx), online_(online) {
    peers.handle<f::frames::InviteGet>(
        [this](Inbound from, const f::frames::InviteGet& body) { on_get(std::move(from), body); });
}

void InviteSource::on_get(Inbound from, const f::frames::InviteGet& body) {
    const auto denied = from.peer().policy().take(f::PeerAction::invite_lookup, ctx_.clock.now());
    if (denied) return from.refuse(*denied);
    const GuildId guild = ctx_.view.guild_of_invite(body.code);
    const journal::GuildSnapshot* state = ctx_.view.guild(guild);
    if (!find(state, body.code, ctx_.clock.unix_ms())) return refuse_unknown(from);
    // A banned node is not told that there is anything.
    if ((*state)->node_bans.find(std::string(from.peer().uid().text())))
        return refuse_unknown(from);
    ctx_.here.spawn("invite", answer(std::move(from), guild, body.code));
}

base::Task<void> InviteSource::answer(Inbound from, GuildId guild, std::string code) {
    auto work = [guild](store::Tx& tx) { return read_birth(tx, guild); };
    auto birth = co_await store::read(ctx_.db, std::move(work));
    if (!birth && protocol::http_status(birth.error()) != 404) {
        from.refuse(f::ProblemCode::busy, "the guild cannot be read now", kBusyRetryMs);
        co_return;
    }
    const journal::GuildSnapshot* state = ctx_.view.guild(guild);
    const protocol::Invite* invite = find(state, code, ctx_.clock.unix_ms());
    if (!birth || !invite) {
        refuse_unknown(from);
        co_return;
    }
    f::frames::InviteInfo info;
    info.code = code;
    info.genesis = std::move(birth->genesis);
    info.guildId = guild.value;
    info.hostUid = Hash32::from((*state)->hosting.hostUid).value_or(Hash32{});
    info.hosting = std::move(birth->hosting);
    services::InviteForm form;
    form.counts =
        services::GuildCounts{(*state)->members.size(), online_ ? online_->count(**state) : 0};
    protocol::JsonWriter w(info.json);
    services::write_invite(w, *invite, **state, ctx_.view, form);
    (void)from.reply(std::move(info));
}

}  // namespace guildhall::peering
