// The half of Serving that answers subscriptions.
#include "federation/limits.h"
#include "node/peering/host/serving.h"
#include "node/store/tables/epochs.h"
#include "node/store/tables/hosting.h"
#include "protocol/errors.h"

#include <algorithm>
#include <array>
#include <utility>

namespace guildhall::peering {

namespace f = federation;
using protocol::GuildId;

namespace {

/// What a subscriber says that it has, by log.
using Have = std::map<std::uint64_t, f::Cursor>;

Have have_of(const f::frames::Subscribe& body) {
    Have out;
    for (const f::Cursor& at : body.have) out.insert_or_assign(at.logId, at);
    return out;
}

/// More at once nobody missed.
constexpr std::size_t kCertificatesToldMax = 64;

std::vector<std::string> newest_of(std::vector<store::hosting::CertificateRow> rows) {
    std::vector<std::string> out;
    const std::size_t begin = rows.size() - std::min(rows.size(), kCertificatesToldMax);
    for (std::size_t i = begin; i < rows.size(); ++i) out.push_back(std::move(rows[i].bytes));
    return out;
}

}  // namespace

/// Where the logs of a guild stand, and the subscriber in them, of one snapshot.
struct Serving::Standing {
    std::uint64_t epoch = 0;
    std::vector<std::string> hosting;
    /// Of the logs that the subscriber may have.
    std::vector<LogPlace> places;
    /// Those that are new to it.
    NewLogs fresh;
    /// Logs whose root at the subscriber's size is another here.
    std::vector<std::uint64_t> diverged;
    std::map<std::uint64_t, Subtrees> made;
};

namespace {

/// Whether what the subscriber holds of a log is a beginning of ours.
Result<bool> is_beginning(store::Tx& tx,
                          const f::Cursor& have,
                          const LogPlace& at,
                          Subtrees& made) {
    if (have.size > at.size) return false;
    if (have.size == at.size) return have.root == at.root;
    auto root = read_root(tx, at.log, have.size, made);
    if (root) return *root == have.root;
    // Something below is missing here, as on a node that became the host late: the subscriber's own
    // checks decide.
    if (protocol::http_status(root.error()) == 404) return true;
    return root.error();
}

}  // namespace

std::size_t Serving::cost_of(const Standing& standing) {
    // Bytes of the frame, and of a place in it.
    std::size_t bytes = 512 + standing.places.size() * 64;
    for (const std::string& certificate : standing.hosting) bytes += 16 + certificate.size();
    return bytes;
}

void Serving::on_subscribe(Inbound from, f::frames::Subscribe body) {
    const auto feed = feed_of(from.peer().uid());
    if (!feed) return;
    if (const auto wait = feed->subscribes.take(ctx_.clock.now())) {
        const auto wait_ms = std::chrono::ceil<std::chrono::milliseconds>(*wait);
        return from.refuse(f::ProblemCode::rate_limited,
                           "too many subscriptions",
                           static_cast<std::uint32_t>(wait_ms.count()));
    }
    feed->asks.emplace_back(std::move(from), std::move(body));
    // One at a time: a node that comes back follows all of its guilds anew at once.
    if (!std::exchange(feed->is_answering, true)) ctx_.here.spawn("subscribe", answer_all(feed));
}

base::Task<void> Serving::answer_all(std::shared_ptr<Feed> feed) {
    while (!feed->asks.empty()) {
        auto [from, body] = std::move(feed->asks.front());
        feed->asks.pop_front();
        co_await answer(feed, std::move(from), std::move(body));
    }
    feed->is_answering = false;
}

base::Task<void> Serving::answer(std::shared_ptr<Feed> feed,
                                 Inbound from,
                                 f::frames::Subscribe body) {
    const Hash32 peer = from.peer().uid();
    const GuildId guild = ctx_.view.guild_of_uid(body.guildUid.text());
    if (!visibilities_.may_have(guild, peer, f::kControlLog)) {
        co_await refuse_stranger(std::move(from), guild, std::move(body));
        co_return;
    }
    if (ctx_.view.role(guild) != journal::GuildRole::hosted) {
        co_await refuse_not_host(std::move(from), guild, body.epoch);
        co_return;
    }
    const Watch watch(*this, guild);
    auto work = [guild,
                 uid = body.guildUid,
                 epoch = body.epoch,
                 have = have_of(body),
                 logs = visibilities_.logs(guild, peer)](store::Tx& tx) -> Result<Standing> {
        Standing out;
        TRY(const auto row, store::hosting::find(tx, guild));
        if (!row) return protocol::make_http_error(404);
        out.epoch = row->epoch;
        TRY(auto certificates, store::hosting::certificates_from(tx, guild, epoch));
        out.hosting = newest_of(std::move(certificates));
        TRY(out.places, read_places(tx, guild, logs));
        std::vector<LogPlace> fresh;
        for (const LogPlace& at : out.places) {
            const auto theirs = have.find(at.log.log_id);
            if (theirs == have.end()) {
                fresh.push_back(at);
                continue;
            }
            TRY(const bool fits, is_beginning(tx, theirs->second, at, out.made[at.log.log_id]));
            if (!fits) out.diverged.push_back(at.log.log_id);
        }
        TRY(out.fresh, read_new(tx, uid, std::move(fresh)));
        return out;
    };
    auto standing = co_await store::read(ctx_.db, std::move(work));
    if (!standing) {
        from.refuse(f::ProblemCode::busy, "the guild cannot be read now", kBusyRetryMs);
        co_return;
    }
    for (auto& [log, made] : standing->made) keep(ctx_, {guild, log}, std::move(made));
    // A node that comes back asks for all of its guilds at once: more answers than a queue takes.
    const bool has_room =
        co_await from.peer().until_room(f::TrafficClass::live, cost_of(*standing));
    if (has_room) begin(feed, from, body, watch, *standing);
}

/// Whether it has a copy: what it never had, it is not told of. Who shows a root of the control log
/// has one, whether or not it is known here how far it came.
base::Task<void> Serving::refuse_stranger(Inbound from, GuildId guild, f::frames::Subscribe body) {
    if (!guild) {
        co_await refuse_unknown(std::move(from), body.guildUid);
        co_return;
    }
    auto work = [guild, have = have_of(body)](store::Tx& tx) -> Result<bool> {
        const auto theirs = have.find(f::kControlLog);
        if (theirs == have.end() || theirs->second.size == 0) return false;
        const std::array logs{f::kControlLog};
        TRY(const auto places, read_places(tx, guild, logs));
        if (places.empty() || theirs->second.size > places.front().size) return false;
        if (theirs->second.size == places.front().size)
            return theirs->second.root == places.front().root;
        Subtrees made;
        auto root = read_root(tx, places.front().log, theirs->second.size, made);
        if (root) return *root == theirs->second.root;
        if (protocol::http_status(root.error()) == 404) return false;
        return root.error();
    };
    const auto knows = co_await store::read(ctx_.db, std::move(work));
    if (!knows || !*knows) {
        co_await refuse_unknown(std::move(from), body.guildUid);
    } else if (ctx_.view.role(guild) != journal::GuildRole::hosted) {
        co_await refuse_not_host(std::move(from), guild, body.epoch);
    } else {
        send_purge(from.peer(), guild, body.guildUid);
        from.refuse(f::ProblemCode::not_found, "no such guild");
    }
}

/// The same of a guild that is deleted, or with a place that this node cannot compare.
base::Task<void> Serving::refuse_unknown(Inbound from, Hash32 guild_uid) {
    const Hash32 peer = from.peer().uid();
    auto work = [peer, guild_uid](store::Tx& tx) -> Result<GuildId> {
        TRY(const auto rows, store::cursors::of_peer(tx, peer.text()));
        GuildId last;
        for (const auto& row : rows) {
            if (std::exchange(last, row.guild) == row.guild) continue;
            TRY(const auto guild, store::hosting::find(tx, row.guild));
            if (guild && guild->role == store::hosting::Role::hosted &&
                guild->uid == guild_uid.text())
                return row.guild;
        }
        return GuildId();
    };
    const auto copied = co_await store::read(ctx_.db, std::move(work));
    if (copied && *copied) send_purge(from.peer(), *copied, guild_uid);
    from.refuse(f::ProblemCode::not_found, "no such guild");
}

base::Task<void> Serving::refuse_not_host(Inbound from, GuildId guild, std::uint64_t epoch) {
    auto work = [guild, epoch](store::Tx& tx) {
        return store::hosting::certificates_from(tx, guild, epoch);
    };
    auto found = co_await store::read(ctx_.db, std::move(work));
    const journal::GuildSnapshot* state = ctx_.view.guild(guild);
    if (state && found && !found->empty()) {
        f::frames::Hosting told;
        told.guildUid = Hash32::from((*state)->guild.uid).value_or(Hash32{});
        told.certificates = newest_of(std::move(*found));
        (void)from.peer().send(std::move(told));
    }
    const bool is_frozen = ctx_.view.role(guild) == journal::GuildRole::frozen;
    if (is_frozen)
        from.refuse(f::ProblemCode::frozen, "the guild's log contradicts itself here");
    else
        from.refuse(f::ProblemCode::not_host, "another node hosts the guild");
}

void Serving::begin(const std::shared_ptr<Feed>& feed,
                    const Inbound& from,
                    const f::frames::Subscribe& body,
                    const Watch& watch,
                    Standing& standing) {
    const GuildId guild = watch.guild;
    const journal::GuildSnapshot* state = ctx_.view.guild(guild);
    // All may be another after the reading; the link, too.
    if (!feed->is_open) return;
    if (!state || ctx_.view.role(guild) != journal::GuildRole::hosted ||
        !visibilities_.may_have(guild, from.peer().uid(), f::kControlLog))
        return from.refuse(f::ProblemCode::not_found, "no such guild");

    remove(feed, guild);
    served_[guild].insert_or_assign(feed->peer->uid(), feed);
    visibilities_.hold(guild);
    metrics_.subscriptions.add(1);
    Subscription& mine = feed->guilds[guild];
    mine.guild_uid = body.guildUid;
    mine.number = ++subscriptions_;

    f::frames::Subscribed answer;
    answer.guildUid = body.guildUid;
    answer.epoch = standing.epoch;
    answer.hosting = standing.hosting;
    answer.diverged = standing.diverged;
    for (const LogPlace& at : standing.places)
        answer.logs.push_back({at.log.log_id, at.size, at.root});
    (void)from.reply(std::move(answer));

    const Hash32& peer = from.peer().uid();
    const Have have = have_of(body);
    for (const LogPlace& at : standing.places) {
        const std::uint64_t id = at.log.log_id;
        if (std::ranges::find(standing.diverged, id) != standing.diverged.end()) continue;
        if (!visibilities_.may_have(guild, peer, id)) continue;
        const auto theirs = have.find(id);
        if (theirs == have.end()) continue;
        const std::uint64_t size = theirs->second.size;
        mine.logs[id] = {size, size, false, true};
        if (size < at.size || watch.grown.contains(id)) egress_.mark(feed, at.log, false);
    }
    place(feed, std::move(standing.fresh), watch);
    // What became visible between the reading and now.
    std::vector<std::uint64_t> late = visibilities_.logs(guild, peer);
    std::erase_if(late, [&](std::uint64_t id) {
        return std::ranges::any_of(standing.places,
                                   [&](const LogPlace& at) { return at.log.log_id == id; });
    });
    if (!late.empty()) ctx_.here.spawn("gain", gain(feed, guild, std::move(late)));
    store_later();
}

}  // namespace guildhall::peering
