#include "node/peering/peering.h"

#include "node/base/carried_stream.h"
#include "node/peering/link/discovery.h"
#include "node/peering/link/node_keys.h"

#include <utility>

namespace guildhall::peering {

Peering::Peering(Deps deps)
    : options_(std::move(deps.options)),
      keys_(node_keys(deps.identity, deps.link_secret)),
      ctx_{.here = deps.services.here,
           .shards = deps.services.shards,
           .view = deps.services.view,
           .journal = deps.services.journal,
           .bus = deps.bus,
           .db = deps.services.db,
           .clock = deps.services.clock,
           .rng = deps.services.rng,
           .log = deps.services.log,
           .metrics = deps.metrics,
           .network = deps.network,
           .resolver = deps.resolver,
           .tls = deps.tls,
           .identity = deps.identity,
           .settings = deps.services.settings,
           .keys = keys_,
           .options = options_},
      well_known_(write_well_known(ctx_)),
      peers_(ctx_),
      key_logs_(ctx_, peers_),
      host_side_(ctx_, peers_, deps.services.online),
      mirrors_(ctx_, peers_),
      known_nodes_(ctx_, peers_, mirrors_),
      fellows_(ctx_, peers_, mirrors_),
      cosigner_(ctx_, mirrors_),
      succession_(ctx_, peers_),
      backfill_(ctx_, mirrors_),
      auditor_(ctx_, mirrors_),
      users_(ctx_, peers_, host_side_.visibilities()),
      moves_(ctx_, {peers_, mirrors_, users_, key_logs_, succession_}),
      blobs_(ctx_, {peers_, mirrors_, host_side_.visibilities()}, deps.blobs),
      origins_(ctx_, deps.services.links),
      forwarder_(
          ctx_, {peers_, mirrors_, users_, blobs_, origins_, deps.dispatcher, deps.services.links}),
      executor_(ctx_, {peers_, users_, blobs_, deps.dispatcher, deps.api}),
      ephemera_(ctx_, peers_, host_side_.visibilities()),
      dispatches_(ctx_, peers_, deps.services.links, deps.services.secrets.interaction_key),
      applications_(ctx_, peers_) {
    ctx_.bus.subscribe(ctx_.here.index(), blobs_);
    ctx_.bus.subscribe(ctx_.here.index(), ephemera_);
    ctx_.bus.subscribe(ctx_.here.index(), dispatches_);
    ctx_.bus.subscribe(ctx_.here.index(), applications_);
    deps.dispatcher.set_forwarder(forwarder_);
    mirrors_.set_origins(origins_);
    users_.set_key_logs(key_logs_);
    succession_.set_follower([this](protocol::GuildId guild, federation::HostSeatInfo seat) {
        mirrors_.on_hosting(guild, std::move(seat));
    });
    succession_.set_unknown([this](const Hash32& from, const federation::frames::Hosting& frame) {
        moves_.on_unknown_hosting(from, frame);
        mirrors_.on_unknown_hosting(from, frame);
    });
    succession_.set_fetch([this](protocol::GuildId guild) {
        if (const auto mirror = mirrors_.find(guild)) backfill_.fetch_all(mirror);
    });
    mirrors_.set_certificates_hook([this](protocol::GuildId guild,
                                          const std::shared_ptr<Peer>& from,
                                          const std::vector<std::string>& certificates) {
        succession_.learn(guild, certificates, from);
    });
    mirrors_.set_accuser([this](protocol::GuildId guild, federation::Evidence evidence) {
        succession_.accuse(guild, std::move(evidence));
    });
    mirrors_.set_held_epoch([this](protocol::GuildId guild) -> std::uint64_t {
        const auto* seat = succession_.seat_of(guild);
        return seat ? seat->epoch : 0;
    });
    mirrors_.set_follow_move(
        [this](protocol::UserId user, federation::Hash32 home, federation::KeyLog log) {
            return moves_.close(user, home, std::move(log));
        });
    succession_.set_repost([this](protocol::GuildId guild, services::Salvaged message) {
        return forwarder_.repost(guild, std::move(message));
    });
    mirrors_.past().set_more_sources(
        [this](std::shared_ptr<Mirror> mirror) { return fellows_.find(std::move(mirror)); });
    mirrors_.set_live_hook([this](const std::shared_ptr<Mirror>& mirror) {
        auditor_.consider(mirror);
        backfill_.fetch_all(mirror);
        cosigner_.on_live(mirror);
    });
    succession_.set_held(
        [this](protocol::GuildId guild) { return host_side_.copies().held(guild); });
}

Peering::~Peering() = default;

Status Peering::listen(const base::Endpoint& where) {
    const auto on_accept = [this](base::Shard& shard, std::unique_ptr<base::ByteStream> stream) {
        take(shard, std::move(stream), std::nullopt);
    };
    TRY(listener_, ctx_.network.listen(where, on_accept));
    return {};
}

std::optional<base::Endpoint> Peering::local() const {
    if (!listener_) return std::nullopt;
    return listener_->local();
}

void Peering::set_endpoints(std::vector<std::string> endpoints) {
    options_.endpoints = std::move(endpoints);
    well_known_ = write_well_known(ctx_);
}

void Peering::start() {
    peers_.start();
    host_side_.start();
    mirrors_.start();
    fellows_.start();
    succession_.start();
    users_.start();
    moves_.start();
    blobs_.start();
}

Task<void> Peering::stop() {
    if (listener_) listener_->stop();
    co_await peers_.shut_down();
}

base::http::Upgrade Peering::accept(const base::http::Request& request) {
    return base::http::Upgrade::accept_stream(
        [this, from = request.peer](base::Shard& shard, std::unique_ptr<base::ByteStream> stream) {
            take(shard, std::move(stream), from);
        });
}

/// On the connection's shard, which is mostly another than that of peering for WebSockets.
void Peering::take(base::Shard& shard,
                   std::unique_ptr<base::ByteStream> stream,
                   std::optional<base::Endpoint> from) {
    // Shared because std::function wants copies.
    auto held = std::make_shared<std::unique_ptr<base::ByteStream>>(
        base::carry_stream(shard, ctx_.here, std::move(stream)));
    if (&shard == &ctx_.here) return peers_.accept(std::move(*held), from);
    ctx_.here.post([this, held, from] { peers_.accept(std::move(*held), from); });
}

}  // namespace guildhall::peering
