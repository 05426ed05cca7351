#include "node/peering/blobs/blobs.h"

#include "node/store/tables/attachments.h"
#include "protocol/errors.h"
#include "protocol/limits.h"

#include <algorithm>

namespace guildhall::peering {

namespace frames = federation::frames;
using federation::TrafficClass;
using protocol::ChannelId;
using protocol::GuildId;
using protocol::UserId;
using services::BlobName;
using services::BlobPlace;
using services::StoredFile;
using namespace std::chrono_literals;

namespace {

// Files under way at once, from all nodes: a page of pictures, for a few people.
constexpr std::size_t kFlightsMax = 64;
// A file that no node gave is asked for again after this; the table is emptied when it is full.
constexpr Nanos kMissingTime = 30s;
constexpr std::size_t kMissingMax = 10'000;
// The same where somebody was not reached, or gave no answer: a page asks for a picture once.
constexpr Nanos kUnreachedTime = 3s;
constexpr std::size_t kOwnersMax = 10'000;
// For the next piece of a file.
constexpr Nanos kAnswerPartTime = 10s;
// What a viewer waits for a host that is being dialed.
constexpr Nanos kDialTime = 3s;
// A whole file from one node; waiters give up then.
constexpr Nanos kFetchTime = 60s;
constexpr std::uint32_t kGetBytes = 1u << 20;
// Beside the host, as many nodes are asked; more would only make the wait longer.
constexpr std::size_t kOthersAskedMax = 3;
// For the host to say that it has all of a file.
constexpr Nanos kStoredTime = 30s;

const std::uint64_t kBytesMax = protocol::limits::kAttachmentBytesMax;

}  // namespace

Blobs::Blobs(Context& ctx, Parts parts, BlobDeps deps)
    : ctx_(ctx),
      peers_(parts.peers),
      mirrors_(parts.mirrors),
      deps_(deps),
      desk_(ctx, parts.peers, parts.visibilities, deps.files),
      copies_(ctx, deps.files, deps.copies_bytes_max),
      refused_(ctx.metrics.counter("guildhall_successor_files_refused_total",
                                   "Files of guilds that this node may have to host, for which "
                                   "their host has no room here")) {}

Blobs::~Blobs() { ctx_.here.timers().cancel(rounds_); }

// -- Fetching -------------------------------------------------------------------------------------

Task<Result<std::string>> Blobs::fetch(base::Shard& here, BlobName name, std::uint64_t channel) {
    const Wanted what{std::move(name), channel, {}};
    const auto there = [&] { return fetch_here(what); };
    co_return co_await base::on_shard(here, ctx_.here, there);
}

Task<Result<std::string>> Blobs::fetch_here(Wanted what) {
    const Hash32 key = what.name.key();
    CO_TRY(const auto found, co_await deps_.files.find(what.name));
    if (found) {
        copies_.use(key);
        co_return found->path;
    }
    const auto missed = missing_.find(key);
    if (missed != missing_.end() && missed->second > ctx_.clock.now())
        co_return protocol::make_http_error(404);
    // A copy: a fetch that ends at once, as of what nobody has, takes its place out of the map.
    std::shared_ptr<Flight> flight = flights_[key];
    if (!flight) {
        if (flights_.size() > kFlightsMax) {
            flights_.erase(key);
            co_return protocol::make_http_error(503);
        }
        flight = flights_[key] = std::make_shared<Flight>();
        ctx_.here.spawn("blob fetch", fly(std::move(what), flight));
    }
    const auto until = base::Deadline::after(ctx_.clock, kFetchTime);
    const auto wait = [&flight](base::Wake wake) { flight->waits.push_back(std::move(wake)); };
    if (!flight->result) (void)co_await base::wait_until_woken(ctx_.here, until, wait);
    const std::optional<Result<std::string>> result = flight->result;
    if (!result) co_return protocol::make_http_error(504);
    co_return *result;
}

Task<void> Blobs::fly(Wanted what, std::shared_ptr<Flight> flight) {
    const Hash32 key = what.name.key();
    Result<std::string> result = co_await fetch_from_any(std::move(what));
    if (!result) {
        // Who was not reached may be there in a moment; who has it not will not have it soon.
        const bool nobody_has = protocol::http_status(result.error()) == 404;
        if (missing_.size() >= kMissingMax) missing_.clear();
        missing_[key] = ctx_.clock.now() + (nobody_has ? kMissingTime : kUnreachedTime);
    }
    flight->result = std::move(result);
    flights_.erase(key);
    for (const base::Wake& wake : flight->waits) wake();
}

/// 404 when all who were asked said that they have it not.
Task<Result<std::string>> Blobs::fetch_from_any(Wanted what) {
    const Sources sources = sources_of(what.name, what.channel);
    Result<std::string> out = protocol::make_http_error(404);
    for (std::size_t i = 0; i < sources.nodes.size(); ++i) {
        Status done = protocol::make_http_error(503);
        // A second time where the link was lost in between: what came of it is nothing.
        for (int tries = 0; tries < 2; ++tries) {
            // Only the best source is dialed for a look at a picture.
            const auto peer = co_await reach(sources.nodes[i], i == 0);
            if (!peer) break;
            done = co_await fetch_from(*peer, what, sources.guild);
            if (done || (*peer)->is_open()) break;
        }
        if (!done) {
            if (protocol::http_status(done.error()) != 404) out = done.error();
            continue;
        }
        CO_TRY(const auto found, co_await deps_.files.find(what.name));
        if (found) co_return found->path;
    }
    co_return out;
}

Task<Result<std::shared_ptr<Peer>>> Blobs::reach(Hash32 node, bool may_dial) {
    const std::shared_ptr<Peer> peer = peers_.find(node);
    if (peer && peer->is_open()) co_return peer;
    if (!may_dial) co_return protocol::make_http_error(503);
    co_return co_await peers_.connect(node, kDialTime);
}

Task<Status> Blobs::fetch_from(std::shared_ptr<Peer> peer, Wanted what, GuildId guild) {
    frames::BlobGet get;
    const auto* state = ctx_.view.guild(guild);
    if (state) get.guildUid = Hash32::from((*state)->guild.uid).value_or(Hash32{});
    if (what.name.is_image())
        get.image = what.name.address();
    else
        get.hash = what.name.key();
    get.channelId = what.channel;
    get.length = kGetBytes;
    std::unique_ptr<services::IncomingBlob> file;
    BlobPlace place = BlobPlace::copy;
    const auto until = base::Deadline::after(ctx_.clock, kFetchTime);
    std::uint64_t total = 1;
    while (get.offset < total) {
        const auto answers = peer->ask_many(get);
        if (!answers) co_return protocol::make_http_error(503);
        for (bool last = false; !last;) {
            if (until.has_passed(ctx_.clock)) co_return protocol::make_http_error(504);
            CO_TRY(auto body, co_await answers->next(kAnswerPartTime));
            auto* part = std::get_if<frames::BlobPart>(&body);
            const bool fits = part && part->offset == get.offset && part->total <= kBytesMax &&
                              (!file || part->total == total) &&
                              part->data.size() <= part->total - get.offset &&
                              (!part->data.empty() || part->total == 0);
            if (!fits) {
                peer->strike("an answer that is no piece of the file");
                co_return protocol::make_http_error(502);
            }
            if (!file) {
                // Its size is known now.
                if (what.keeper && has_room(what.keeper, part->total)) place = BlobPlace::own;
                CO_TRY(file, co_await deps_.files.receive(what.name, place));
            }
            last = part->last;
            total = part->total;
            get.offset += part->data.size();
            CO_TRY_VOID(co_await file->append(std::move(part->data)));
        }
    }
    const auto done = co_await file->finish();
    if (!done && protocol::http_status(done.error()) == 400)
        peer->strike("a file with another hash than it was asked for");
    if (!done) co_return done.error();
    if (place == BlobPlace::copy)
        co_await copies_.add(what.name.key(), done->size, what.name.is_image());
    co_return Status();
}

// -- Where files are ------------------------------------------------------------------------------

Hash32 Blobs::home_of(UserId user) const {
    for (const GuildId guild : ctx_.view.guilds_of(user)) {
        const auto* state = ctx_.view.guild(guild);
        const auto* member = state ? (*state)->members.find(user) : nullptr;
        if (!member) continue;
        const auto home = Hash32::from(protocol::home_of(**state, *member));
        if (home) return *home;
    }
    return ctx_.identity.uid;
}

void Blobs::add_guild_sources(const protocol::GuildState& state, Sources& out) const {
    const auto host = Hash32::from(state.hosting.hostUid);
    if (!host) return;
    out.guild = state.guild.id;
    if (*host != ctx_.identity.uid) out.nodes.push_back(*host);
    // The host itself may lack what somebody else's disk still has: after a takeover.
    std::size_t others = 0;
    for (const std::shared_ptr<Peer>& peer : peers_.open()) {
        if (others == kOthersAskedMax) break;
        if (std::ranges::find(out.nodes, peer->uid()) != out.nodes.end()) continue;
        const std::string uid(peer->uid().text());
        bool there =
            std::ranges::find(state.hosting.successors, uid) != state.hosting.successors.end();
        if (!there) there = state.identities.find(uid) != nullptr;
        if (!there) continue;
        out.nodes.push_back(peer->uid());
        ++others;
    }
}

void Blobs::add_user_sources(UserId user, Sources& out) const {
    const Hash32 home = home_of(user);
    if (home != ctx_.identity.uid) out.nodes.push_back(home);
    // The home may be gone; the hosts of its user's guilds have looked at him, too.
    for (const GuildId shared : ctx_.view.guilds_of(user)) {
        const auto* state = ctx_.view.guild(shared);
        const auto host = state ? Hash32::from((*state)->hosting.hostUid) : std::nullopt;
        if (!host || *host == ctx_.identity.uid || out.nodes.size() > kOthersAskedMax) continue;
        if (std::ranges::find(out.nodes, *host) == out.nodes.end()) out.nodes.push_back(*host);
    }
}

Blobs::Sources Blobs::sources_of(const BlobName& name, std::uint64_t channel) const {
    Sources out;
    if (!name.is_image()) {
        const auto* state = ctx_.view.guild(ctx_.view.guild_of(ChannelId(channel)));
        if (state) add_guild_sources(**state, out);
        return out;
    }
    const auto id = protocol::parse_id(name.owner);
    if (!id) return out;
    const auto* guild = ctx_.view.guild(GuildId(id->value));
    if (name.folder == "role-icons") {
        ctx_.view.for_each_guild([&](const protocol::GuildState& state) {
            if (!state.roles.find(protocol::RoleId(id->value))) return;
            add_guild_sources(state, out);
        });
    } else if (guild) {
        add_guild_sources(**guild, out);
    } else {
        add_user_sources(UserId(id->value), out);
    }
    const auto noted = owners_.find(id->value);
    if (out.nodes.empty() && noted != owners_.end()) out.nodes.push_back(noted->second);
    return out;
}

void Blobs::note_owner(protocol::Snowflake owner, const Hash32& node) {
    if (owners_.size() >= kOwnersMax) owners_.clear();
    owners_[owner.value] = node;
}

// -- Handing over ---------------------------------------------------------------------------------

Task<Result<std::vector<frames::File>>> Blobs::hand_over(std::shared_ptr<Peer> host,
                                                         Purpose purpose,
                                                         std::vector<rest::UploadedFile> files) {
    std::vector<frames::File> out;
    if (files.size() > protocol::limits::kAttachmentsMax)
        co_return protocol::make_field_error(
            "attachments", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.");
    for (rest::UploadedFile& file : files) {
        if (file.bytes.size() > kBytesMax)
            co_return protocol::make_error(protocol::kRequestEntityTooLarge);
        CO_TRY(const StoredFile stored, co_await deps_.store.put(std::move(file.bytes)));
        frames::BlobPut put;
        put.hash = Hash32::from(stored.hash).value_or(Hash32{});
        put.size = stored.size;
        put.guildUid = purpose.guild_uid;
        put.channelId = purpose.channel;
        put.userId = purpose.user;
        CO_TRY_VOID(co_await send_file(host, put));
        out.push_back({std::move(file.name), std::move(file.filename), put.hash, put.size});
    }
    co_return out;
}

Task<Result<std::string>> Blobs::read(Hash32 hash) {
    CO_TRY(const auto found,
           co_await deps_.files.find(BlobName::of_file(std::string(hash.text()))));
    if (!found) co_return protocol::make_http_error(404);
    co_return co_await deps_.files.read(found->path, 0, found->file.size);
}

Task<Status> Blobs::send_file(std::shared_ptr<Peer> host, frames::BlobPut put) {
    const auto answers = host->ask_many(put);
    if (!answers) co_return protocol::make_http_error(503);
    CO_TRY(const auto first, co_await answers->next(kAnswerPartTime));
    const auto* state = std::get_if<frames::BlobState>(&first);
    if (!state || state->hash != put.hash) co_return protocol::make_http_error(502);
    if (state->have) co_return Status();
    CO_TRY(const auto found,
           co_await deps_.files.find(BlobName::of_file(std::string(put.hash.text()))));
    if (!found) co_return protocol::make_http_error(503);
    CO_TRY_VOID(co_await send_parts(*host, put, found->path));
    CO_TRY(const auto second, co_await answers->next(kStoredTime));
    const auto* stored = std::get_if<frames::BlobState>(&second);
    if (!stored || stored->hash != put.hash || !stored->have)
        co_return protocol::make_http_error(502);
    co_return Status();
}

Task<Status> Blobs::send_parts(Peer& host, frames::BlobPut put, std::string path) {
    std::uint64_t at = 0;
    for (bool last = false; !last;) {
        CO_TRY(std::string data,
               co_await deps_.files.read(path, at, federation::limits::kBlobPartBytesMax));
        const std::uint64_t next = at + data.size();
        last = next >= put.size;
        if (data.empty() && !last) co_return protocol::make_http_error(503);
        if (!co_await host.until_room(TrafficClass::blob, data.size() + 256))
            co_return protocol::make_http_error(503);
        frames::BlobPart part{put.hash, at, std::move(data), last, put.size};
        if (!host.send(std::move(part))) co_return protocol::make_http_error(503);
        at = next;
    }
    co_return Status();
}

}  // namespace guildhall::peering
