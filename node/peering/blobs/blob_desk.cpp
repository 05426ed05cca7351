#include "node/peering/blobs/blob_desk.h"

#include "node/peering/link/under_way.h"
#include "node/store/tables/attachments.h"
#include "protocol/errors.h"
#include "protocol/limits.h"

#include <utility>

namespace guildhall::peering {

namespace frames = federation::frames;
using federation::PeerGauge;
using federation::ProblemCode;
using federation::TrafficClass;
using services::BlobFiles;
using services::BlobName;
using services::BlobPlace;
using namespace std::chrono_literals;

namespace {

// Of one blobGet; a longer file takes several.
constexpr std::uint32_t kGetBytesMax = 1u << 20;
// Files that one peer hands over at once: a message has ten.
constexpr std::size_t kArrivalsPerPeerMax = 32;
// Handed over and not yet named by a command; beyond it the home has to wait for its own users.
constexpr std::size_t kGrantsPerPeerMax = 4096;
// What nobody names goes with the janitor's next round, an hour later: 1.5 GiB at the most.
constexpr std::uint64_t kGrantBytesPerPeerMax = 512u << 20;
// Between two parts.
constexpr Nanos kArrivalPartTime = 30s;
constexpr std::uint32_t kRetryMs = 1'000;

template <class Map, class Key>
std::size_t count_of(const Map& map, const Key& peer) {
    const auto from = map.lower_bound({peer, Hash32{}});
    std::size_t n = 0;
    for (auto at = from; at != map.end() && at->first.first == peer; ++at) ++n;
    return n;
}

}  // namespace

BlobDesk::BlobDesk(Context& ctx, Peers& peers, Visibilities& visibilities, BlobFiles& files)
    : ctx_(ctx), visibilities_(visibilities), files_(files), guests_(ctx, peers) {
    peers.handle<frames::BlobGet>(
        [this](Inbound in, frames::BlobGet get) { on_get(std::move(in), std::move(get)); });
    peers.handle<frames::BlobPut>(
        [this](Inbound in, frames::BlobPut put) { on_put(std::move(in), put); });
    peers.handle<frames::BlobPart>(
        [this](Inbound in, frames::BlobPart part) { on_part(std::move(in), std::move(part)); });
    peers.observe(*this);
}

// -- Giving ---------------------------------------------------------------------------------------

void BlobDesk::on_get(Inbound in, frames::BlobGet get) {
    if (!in.wants_answer()) return;
    if (get.length == 0 || get.length > kGetBytesMax)
        return in.refuse(ProblemCode::unsupported, "length");
    if (const auto denied = in.peer().policy().begin(PeerGauge::blob_requests))
        return in.refuse(*denied);
    ctx_.here.spawn("blobGet", serve(std::move(in), std::move(get)));
}

Task<void> BlobDesk::serve(Inbound in, frames::BlobGet get) {
    const UnderWay under_way(in.shared_peer(), PeerGauge::blob_requests);
    const auto found = co_await find(in.peer().uid(), get);
    if (!found || get.offset > found->file.size) {
        in.refuse(ProblemCode::not_found, "no such file");
        co_return;
    }
    auto bytes = co_await files_.read(found->path, get.offset, get.length);
    if (!bytes) {
        in.refuse(ProblemCode::busy, "not now", kRetryMs);
        co_return;
    }
    std::string_view left = *bytes;
    for (std::uint64_t at = get.offset;;) {
        const std::size_t n = std::min(left.size(), federation::limits::kBlobPartBytesMax);
        frames::BlobPart part{
            get.hash, at, std::string(left.substr(0, n)), n == left.size(), found->file.size};
        if (!co_await in.peer().until_room(TrafficClass::blob, n + 256)) co_return;
        const bool last = part.last;
        if (!in.reply(std::move(part)) || last) co_return;
        left.remove_prefix(n);
        at += n;
    }
}

Task<Result<BlobFiles::Found>> BlobDesk::find(Hash32 asker, frames::BlobGet get) {
    BlobName name;
    if (get.hash) {
        const auto guild = ctx_.view.guild_of_uid(get.guildUid.text());
        const auto* state = ctx_.view.guild(guild);
        const protocol::ChannelId channel(get.channelId);
        // The host may have all: a new one asks for what it lacks.
        if (!state || !(*state)->channels.find(channel) ||
            !visibilities_.may_have(guild, asker, channel.value))
            co_return protocol::make_http_error(404);
        name = BlobName::of_file(std::string(get.hash->text()));
        if (!co_await is_in_channel(channel, name.hash)) co_return protocol::make_http_error(404);
    } else {
        // Addresses of images are public: whoever sees a user or an invite sees them.
        auto image = BlobName::of_address(get.image);
        if (!image) co_return protocol::make_http_error(404);
        name = std::move(*image);
    }
    CO_TRY(auto found, co_await files_.find(std::move(name)));
    if (!found) co_return protocol::make_http_error(404);
    co_return std::move(*found);
}

Task<bool> BlobDesk::is_in_channel(protocol::ChannelId channel, std::string hash) {
    auto look = [channel, hash = std::move(hash)](store::Tx& tx) {
        return store::attachments::is_in(tx, channel, hash);
    };
    const auto found = co_await store::read(ctx_.db, std::move(look));
    co_return found && *found;
}

// -- Taking ---------------------------------------------------------------------------------------

bool BlobDesk::may_put(const Hash32& from, const frames::BlobPut& put) const {
    const auto* state = ctx_.view.guild(ctx_.view.guild_of_uid(put.guildUid.text()));
    if (!state || (*state)->hosting.hostUid != ctx_.identity.uid.text()) return false;
    const auto* member = (*state)->members.find(protocol::UserId(put.userId));
    return member && protocol::home_of(**state, *member) == from.text() &&
           !(*state)->node_bans.find(std::string(from.text()));
}

void BlobDesk::on_put(Inbound in, frames::BlobPut put) {
    if (!in.wants_answer()) return;
    const Hash32 from = in.peer().uid();
    if (put.size > protocol::limits::kAttachmentBytesMax)
        return in.refuse(ProblemCode::quota, "too large");
    // What the user may do in the channel is the command's business.
    if (!may_put(from, put)) return in.refuse(ProblemCode::not_found, "no such guild or member");
    if (is_granted(from, put.hash)) {
        renew(from, put.hash);
        in.reply(frames::BlobState{put.hash, true});
        return;
    }
    forget_old();
    const Key key{from, put.hash};
    if (arrivals_.contains(key) || count_of(arrivals_, from) >= kArrivalsPerPeerMax ||
        count_of(grants_, from) >= kGrantsPerPeerMax ||
        bytes_from(from) + put.size > kGrantBytesPerPeerMax)
        return in.refuse(ProblemCode::busy, "too many files at once", kRetryMs);
    auto arrival = std::make_shared<Arrival>(std::move(in), put);
    arrivals_.emplace(key, arrival);
    ctx_.here.spawn("blobPut", receive(std::move(arrival)));
}

Task<void> BlobDesk::receive(std::shared_ptr<Arrival> arrival) {
    const Hash32 from = arrival->question.peer().uid();
    const Hash32 hash = arrival->put.hash;
    const bool whole = co_await receive_parts(*arrival);
    const auto at = arrivals_.find({from, hash});
    if (at != arrivals_.end() && at->second == arrival) arrivals_.erase(at);
    arrival->parts.clear();
    if (!whole) co_return;
    grant(from, arrival->put);
    arrival->question.reply(frames::BlobState{hash, true});
}

Task<bool> BlobDesk::receive_parts(Arrival& arrival) {
    const Inbound& question = arrival.question;
    const Hash32 from = question.peer().uid();
    // This one is among those that arrive.
    if (!co_await guests_.has_room(from, unnamed_cost(from))) {
        question.refuse(ProblemCode::quota, "no more room for files from this node");
        co_return false;
    }
    auto file = co_await files_.receive(BlobName::of_file(std::string(arrival.put.hash.text())),
                                        BlobPlace::own);
    if (!file) {
        question.refuse(ProblemCode::busy, "no room on the disk", kRetryMs);
        co_return false;
    }
    question.reply(frames::BlobState{arrival.put.hash, false});
    std::uint64_t have = 0;
    for (bool last = false; !last;) {
        if (!co_await next_part(arrival)) co_return false;
        auto [in, part] = std::move(arrival.parts.front());
        arrival.parts.pop_front();
        last = part.last;
        if (part.offset != have || part.data.size() > arrival.put.size - have ||
            (part.data.empty() && !last)) {
            in.peer().strike("a file in pieces that do not fit");
            question.refuse(ProblemCode::malformed, "pieces that do not fit");
            co_return false;
        }
        have += part.data.size();
        if (!co_await (*file)->append(std::move(part.data))) {
            question.refuse(ProblemCode::busy, "no room on the disk", kRetryMs);
            co_return false;
        }
    }
    const bool complete = have == arrival.put.size;
    const auto done = co_await (*file)->finish();
    if (complete && done) co_return true;
    if (!complete || protocol::http_status(done.error()) == 400) {
        question.peer().strike("a file that is not what it was said to be");
        question.refuse(ProblemCode::bad_signature, "not the file of that hash");
    } else {
        question.refuse(ProblemCode::busy, "no room on the disk", kRetryMs);
    }
    co_return false;
}

Task<bool> BlobDesk::next_part(Arrival& arrival) {
    while (arrival.parts.empty() && !arrival.dropped) {
        const auto until = base::Deadline::after(ctx_.clock, kArrivalPartTime);
        const auto wait = [&arrival](base::Wake wake) { arrival.wake = std::move(wake); };
        if (!co_await base::wait_until_woken(ctx_.here, until, wait)) break;
    }
    arrival.wake = nullptr;
    co_return !arrival.parts.empty() && !arrival.dropped;
}

void BlobDesk::on_part(Inbound in, frames::BlobPart part) {
    if (!part.hash) return;
    const auto at = arrivals_.find({in.peer().uid(), *part.hash});
    // What was refused or given up in the meantime.
    if (at == arrivals_.end()) return;
    Arrival& arrival = *at->second;
    arrival.parts.emplace_back(std::move(in), std::move(part));
    if (arrival.wake) arrival.wake();
}

void BlobDesk::on_closed(const std::shared_ptr<Peer>& peer) {
    const auto from = arrivals_.lower_bound({peer->uid(), Hash32{}});
    for (auto at = from; at != arrivals_.end() && at->first.first == peer->uid();) {
        at->second->dropped = true;
        if (at->second->wake) at->second->wake();
        at = arrivals_.erase(at);
    }
}

// -- Grants ---------------------------------------------------------------------------------------

void BlobDesk::grant(const Hash32& from, const frames::BlobPut& put) {
    forget_old();
    grants_[{from, put.hash}] = {ctx_.clock.now() + kGrantTime, put.size, false};
}

/// What was named stays so, or who sends a message again would pay for its files twice. The size is
/// that of the file that came, whatever is said now.
void BlobDesk::renew(const Hash32& from, const Hash32& hash) {
    grants_.at({from, hash}).until = ctx_.clock.now() + kGrantTime;
}

void BlobDesk::forget_old() {
    const Nanos now = ctx_.clock.now();
    std::erase_if(grants_, [now](const auto& row) { return row.second.until <= now; });
}

std::uint64_t BlobDesk::bytes_from(const Hash32& from) const {
    std::uint64_t sum = 0;
    const Key first{from, Hash32{}};
    for (auto at = grants_.lower_bound(first); at != grants_.end() && at->first.first == from; ++at)
        sum += at->second.bytes;
    for (auto at = arrivals_.lower_bound(first); at != arrivals_.end() && at->first.first == from;
         ++at)
        sum += at->second->put.size;
    return sum;
}

std::uint64_t BlobDesk::unnamed_cost(const Hash32& from) const {
    std::uint64_t sum = 0;
    const Key first{from, Hash32{}};
    for (auto at = grants_.lower_bound(first); at != grants_.end() && at->first.first == from; ++at)
        sum += at->second.named ? 0 : GuestFiles::cost_of(at->second.bytes);
    for (auto at = arrivals_.lower_bound(first); at != arrivals_.end() && at->first.first == from;
         ++at)
        sum += GuestFiles::cost_of(at->second->put.size);
    return sum;
}

bool BlobDesk::is_granted(const Hash32& from, const Hash32& hash) {
    const auto at = grants_.find({from, hash});
    return at != grants_.end() && at->second.until > ctx_.clock.now();
}

/// Each time anew: what named it before may be deleted, and its row with that. A row that is there
/// is counted once.
Task<Status> BlobDesk::name_granted(Hash32 from, Hash32 hash, std::uint64_t size) {
    CO_TRY_VOID(co_await guests_.note(from, hash, size));
    const auto after = grants_.find({from, hash});
    if (after != grants_.end()) after->second.named = true;
    co_return Status();
}

Task<Result<std::vector<rest::UploadedFile>>> BlobDesk::take(Hash32 from,
                                                             std::vector<frames::File> files) {
    std::vector<rest::UploadedFile> out;
    for (frames::File& file : files) {
        if (!is_granted(from, file.hash)) co_return protocol::make_http_error(404);
        const auto name = BlobName::of_file(std::string(file.hash.text()));
        CO_TRY(auto found, co_await files_.find(name));
        if (!found || found->file.size != file.size) co_return protocol::make_http_error(404);
        CO_TRY_VOID(co_await name_granted(from, file.hash, file.size));
        rest::UploadedFile upload;
        upload.name = std::move(file.field);
        upload.filename = std::move(file.filename);
        upload.kept = std::move(found->file);
        out.push_back(std::move(upload));
    }
    co_return out;
}

}  // namespace guildhall::peering
