#include "node/peering/mirror/renewals.h"

#include "node/peering/mirror/mirrors.h"

#include <algorithm>

namespace guildhall::peering {

namespace f = federation;
namespace rows = store::renewals;
using namespace std::chrono_literals;

namespace {

// A host that answered otherwise, or a disk that was full, is tried again then, and less and less
// often: it may be another's guild by now, and nobody here knows whose.
constexpr Nanos kRenewalRetry = 30s;
constexpr Nanos kRenewalRetryMax = 30min;

std::optional<Joiner::Guild> guild_of(const rows::RenewalRow& row) {
    const auto uid = Hash32::from(std::string_view(row.uid));
    const auto host = Hash32::from(std::string_view(row.host_uid));
    if (!uid || !host) return std::nullopt;
    Joiner::Guild out{.uid = *uid};
    out.seat = f::HostSeatInfo{row.epoch, *host, row.host_name, row.endpoints, row.control_size};
    for (const std::string& past : row.past_hosts) {
        if (const auto hash = Hash32::from(std::string_view(past))) out.past_hosts.push_back(*hash);
    }
    out.certificates = row.certificates;
    return out;
}

}  // namespace

rows::RenewalRow renewal_of(protocol::GuildId guild,
                            const Hash32& uid,
                            const f::HostSeatInfo& seat,
                            const std::vector<Hash32>& past_hosts) {
    rows::RenewalRow out;
    out.guild = guild;
    out.uid = uid.text();
    out.host_uid = seat.host_uid.text();
    out.host_name = seat.name;
    out.endpoints = seat.endpoints;
    out.epoch = seat.epoch;
    out.control_size = seat.control_size;
    for (const Hash32& past : past_hosts) out.past_hosts.emplace_back(past.text());
    return out;
}

Task<void> Renewals::resume() {
    auto look = [](store::Tx& tx) { return rows::all(tx); };
    const auto found = co_await store::read(ctx_.db, std::move(look));
    if (!found) {
        ctx_.log.error("mirror", "renewals were not read", {{"why", found.error().message}});
        co_return resume_later();
    }
    for (const std::string& name : found->damaged)
        ctx_.log.error("mirror", "a guild to be taken anew cannot be read", {{"row", name}});
    for (const rows::RenewalRow& row : found->rows) {
        auto guild = guild_of(row);
        if (!guild || owed_.contains(row.guild)) continue;
        ctx_.log.info("mirror", "a guild is to be taken anew", {{"guild", row.guild.str()}});
        peers_.want(guild->seat->host_uid, guild->seat->endpoints);
        Owed& owed = owed_[row.guild];
        owed.asked = *guild->seat;
        owed.guild = std::move(*guild);
        run_soon(row.guild);
    }
}

void Renewals::resume_later() {
    ctx_.here.timers().schedule_after(kRenewalRetry,
                                      [this] { ctx_.here.spawn("renewals", resume()); });
}

void Renewals::on_hosting(const Hash32& from, const f::frames::Hosting& frame) {
    const auto at = std::ranges::find_if(
        owed_, [&](const auto& owed) { return owed.second.guild.uid == frame.guildUid; });
    if (at == owed_.end()) return;
    Owed& owed = at->second;
    Joiner::Guild& guild = owed.guild;
    if (owed.asked.host_uid != from && guild.seat->host_uid != from) return;
    std::optional<f::HostSeatInfo> next;
    for (const std::string& bytes : frame.certificates) {
        const auto read = f::read_certificate(bytes);
        if (!read || read->second.guild_uid != guild.uid ||
            guild.told.size() >= f::kCertificatesMax)
            continue;
        if (std::ranges::find(guild.certificates, bytes) != guild.certificates.end() ||
            std::ranges::find(guild.told, bytes) != guild.told.end())
            continue;
        guild.told.push_back(bytes);
        if (read->second.new_host_uid != ctx_.identity.uid) next = f::seat_by(read->second);
    }
    if (!next || next->host_uid == owed.asked.host_uid) return;
    ask(owed, std::move(*next));
    run_soon(at->first);
}

/// The verified host stays wanted: it may say otherwise later.
void Renewals::ask(Owed& owed, f::HostSeatInfo whom) {
    const Hash32& host = owed.guild.seat->host_uid;
    if (owed.asked.host_uid != host) peers_.unwant(owed.asked.host_uid);
    if (whom.host_uid != host) peers_.want(whom.host_uid, whom.endpoints);
    owed.asked = std::move(whom);
}

void Renewals::on_open(const std::shared_ptr<Peer>& peer) {
    for (auto& [id, owed] : owed_) {
        if (owed.asked.host_uid == peer->uid()) {
            run_soon(id);
        } else if (owed.guild.seat->host_uid == peer->uid()) {
            // Whom it told of is not there: it is asked again, and may tell of another.
            const auto asked = peers_.find(owed.asked.host_uid);
            if (asked && asked->is_open()) continue;
            owed.guild.told.clear();
            ask(owed, *owed.guild.seat);
            run_soon(id);
        }
    }
}

void Renewals::run_soon(protocol::GuildId guild) {
    ctx_.here.post([this, guild] { ctx_.here.spawn("renewal", run(guild)); });
}

void Renewals::run_later(protocol::GuildId guild) {
    const auto at = owed_.find(guild);
    if (at == owed_.end()) return;
    Owed& owed = at->second;
    owed.delay = std::clamp(2 * owed.delay, kRenewalRetry, kRenewalRetryMax);
    ctx_.here.timers().cancel(owed.timer);
    owed.timer = ctx_.here.timers().schedule_after(owed.delay, [this, guild] { run_soon(guild); });
}

Task<void> Renewals::run(protocol::GuildId id) {
    const auto at = owed_.find(id);
    if (at == owed_.end() || at->second.running) co_return;
    const Joiner::Guild guild = at->second.guild;
    const Hash32 host_uid = at->second.asked.host_uid;
    const auto host = peers_.find(host_uid);
    const bool is_here = mirrors_.find(id) != nullptr;
    // Its next opening tries again.
    if (!is_here && (!host || !host->is_open())) co_return;
    if (!is_here) {
        // Somebody just joins it: whether that succeeds is seen later.
        if (!mirrors_.claim(guild.uid)) co_return run_later(id);
        at->second.running = true;
        const auto begun = co_await joiner_.join(host, guild, nullptr);
        mirrors_.release_claim(guild.uid);
        const auto still = owed_.find(id);
        if (still == owed_.end()) co_return;
        still->second.running = false;
        // Told of another meanwhile, which is asked at once.
        if (!begun && still->second.asked.host_uid != host_uid) co_return run_soon(id);
        if (!begun) {
            ctx_.log.warn("mirror",
                          "a guild was not begun anew",
                          {{"guild", id.str()}, {"why", begun.error().message}});
            co_return run_later(id);
        }
    }
    auto done = owed_.extract(id);
    ctx_.here.timers().cancel(done.mapped().timer);
    ask(done.mapped(), *done.mapped().guild.seat);
    peers_.unwant(done.mapped().guild.seat->host_uid);
}

}  // namespace guildhall::peering
