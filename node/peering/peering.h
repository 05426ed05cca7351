#pragma once
// Peering: everything that makes this node work together with others, made in the order in which
// the parts need each other and ended in reverse. Owned by node/app; on the shard of peering (shard
// 0, docs/decisions/0012), but for what says otherwise.

#include "node/base/http/handler.h"
#include "node/peering/blobs/blobs.h"
#include "node/peering/commands/executor.h"
#include "node/peering/commands/forwarder.h"
#include "node/peering/context.h"
#include "node/peering/host/host_side.h"
#include "node/peering/known_nodes.h"
#include "node/peering/link/key_logs.h"
#include "node/peering/link/peers.h"
#include "node/peering/live/dispatches.h"
#include "node/peering/live/ephemera.h"
#include "node/peering/mirror/auditor.h"
#include "node/peering/mirror/backfill.h"
#include "node/peering/mirror/cosigner.h"
#include "node/peering/mirror/fellows.h"
#include "node/peering/mirror/mirrors.h"
#include "node/peering/mirror/origins.h"
#include "node/peering/succession/succession.h"
#include "node/peering/users/moves.h"
#include "node/peering/users/remote_applications.h"
#include "node/peering/users/remote_users.h"

#include <memory>
#include <string>

namespace guildhall::rest {
class Dispatcher;
}

namespace guildhall::peering {

class Peering {
  public:
    /// All references outlive it.
    struct Deps {
        /// Of the shard of peering.
        services::Context& services;
        journal::Bus& bus;
        base::Registry& metrics;
        base::Network& network;
        base::Resolver& resolver;
        base::TlsContext& tls;
        const journal::Identity& identity;
        federation::X25519Secret link_secret{};
        rest::Dispatcher& dispatcher;
        /// Of the shard of peering.
        rest::Api& api;
        BlobDeps blobs;
        Options options;
    };

    /// Before the shards run.
    explicit Peering(Deps deps);
    ~Peering();
    Peering(const Peering&) = delete;
    Peering& operator=(const Peering&) = delete;

    /// Takes links at `where`; before the shards run, or on the shard of peering.
    Status listen(const base::Endpoint& where);
    /// What others are told of where this node can be reached; before the shards run.
    void set_endpoints(std::vector<std::string> endpoints);
    /// Before the shards run, or on the shard of peering: parts take up where the last run ended.
    void start();
    /// Says goodbye to all; at most two seconds.
    Task<void> stop();

    /// A link over WebSocket, at kLinkPath; on the connection's shard.
    base::http::Upgrade accept(const base::http::Request& request);
    /// The document of /.well-known/guildhall; any shard.
    const std::string& well_known() const { return well_known_; }
    /// Where links are taken; nothing when they are not.
    std::optional<base::Endpoint> local() const;

    Context& context() { return ctx_; }
    Peers& peers() { return peers_; }
    KeyLogs& key_logs() { return key_logs_; }
    const HostSide& host_side() const { return host_side_; }
    Mirrors& mirrors() { return mirrors_; }
    /// For services of every shard.
    services::Backfill& backfill() { return backfill_; }
    services::RemoteFiles& remote_files() { return blobs_; }
    Blobs& blobs() { return blobs_; }
    RemoteUsers& users() { return users_; }
    const Ephemera& ephemera() const { return ephemera_; }
    Succession& succession() { return succession_; }
    /// For services of every shard.
    services::OtherNodes& other_nodes() { return known_nodes_; }

  private:
    void take(base::Shard& shard,
              std::unique_ptr<base::ByteStream> stream,
              std::optional<base::Endpoint> from);

    Options options_;
    const federation::LinkIdentity keys_;
    Context ctx_;
    std::string well_known_;
    Peers peers_;
    KeyLogs key_logs_;
    HostSide host_side_;
    Mirrors mirrors_;
    KnownNodes known_nodes_;
    Fellows fellows_;
    Cosigner cosigner_;
    Succession succession_;
    MirrorBackfill backfill_;
    Auditor auditor_;
    RemoteUsers users_;
    Moves moves_;
    Blobs blobs_;
    Origins origins_;
    Forwarder forwarder_;
    Executor executor_;
    Ephemera ephemera_;
    Dispatches dispatches_;
    RemoteApplications applications_;
    // Further parts, in order of need: each `X x_;` made of (ctx_, peers_, ...) in peering.cpp.

    // Last, so that nobody comes in while the parts go.
    std::unique_ptr<base::Listener> listener_;
};

/// Where a node takes links over WebSocket.
inline constexpr std::string_view kLinkPath = "/.guildhall";

}  // namespace guildhall::peering
