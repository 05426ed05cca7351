#pragma once
// Core: all parts of a node that need no socket, no thread and no clock of the operating system,
// made in the order in which they need each other. Node runs one over the kernel's; tests run
// several in one process over a network in memory and a clock that is moved by hand.
//
// Whoever makes it owns what CoreDeps refers to. Made before the shards run; destroyed when they do
// not run any more.

#include "node/app/config.h"
#include "node/app/data.h"
#include "node/app/front.h"
#include "node/app/shard_services.h"
#include "node/base/http/server.h"
#include "node/base/metrics.h"
#include "node/base/network.h"
#include "node/base/resolver.h"
#include "node/base/tls.h"
#include "node/base/worker_pool.h"
#include "node/classic/classic_api.h"
#include "node/gateway/gateway.h"
#include "node/gateway/upgrader.h"
#include "node/journal/bus.h"
#include "node/journal/journal.h"
#include "node/media/cdn.h"
#include "node/media/file_store.h"
#include "node/ops/janitor.h"
#include "node/ops/status.h"
#include "node/pages/pages.h"
#include "node/peering/peering.h"
#include "node/rest/dispatcher.h"
#include "node/rest/history_cache.h"
#include "node/services/login_limits.h"
#include "node/services/online.h"
#include "node/services/present/presenter.h"
#include "node/services/session_starts.h"

#include <memory>
#include <string>
#include <vector>

namespace guildhall::app {

struct CoreDeps {
    const Config& config;
    std::string data_dir;
    std::string public_url;
    base::Shards& shards;
    base::Clock& clock;
    base::Rng& rng;
    base::Log& log;
    store::Db& db;
    base::Network& network;
    base::Resolver& resolver;
    /// For https of strangers; null: the node fetches nothing.
    base::TlsContext* tls = nullptr;
    /// Whether hashing and files have threads of their own; without, they hold up the shard.
    bool has_workers = true;
    /// What is said to other nodes; another than this build's only in tests.
    peering::Dialect dialect;
};

struct Core {
    /// `loaded` is what load() read from deps.db.
    Core(const CoreDeps& deps, Loaded loaded);
    /// Ends every task that the shards hold suspended, then the parts.
    ~Core();
    Core(const Core&) = delete;
    Core& operator=(const Core&) = delete;

    /// Begins the work that nobody asks for; before the shards run, or on shard 0.
    void start();
    /// Tells sessions to come back and answers what is under way; returns when no connection is
    /// open. On shard 0.
    base::Task<void> wind_down();
    /// Takes links of other nodes where the configuration says; before the shards run. Errors name
    /// the key.
    protocol::Status listen_for_links();
    /// Addresses that people are told; before the shards run.
    void set_public_url(const std::string& url);

    const Config config;
    base::Shards& shards;
    base::Log& log;
    store::Db& db;
    base::Network& network;
    base::Resolver& resolver;
    base::TlsContext* const tls;

    base::Registry metrics;
    const journal::Identity identity;
    const services::Secrets secrets;
    services::Settings settings;
    base::WorkerPool hashers;
    base::WorkerPool disk;
    services::Links links;
    services::Presenter presenter;
    journal::Bus bus;
    std::vector<std::unique_ptr<journal::View>> views;
    std::vector<std::unique_ptr<services::Online>> online;
    journal::Journal journal;
    media::DiskFiles files;
    std::vector<std::unique_ptr<ShardServices>> services_of;
    std::vector<std::unique_ptr<rest::HistoryCache>> histories;
    std::vector<std::unique_ptr<rest::Api>> apis;
    services::SessionStarts starts;
    services::LoginLimits logins;
    std::unique_ptr<gateway::Gateway> gateway;
    std::unique_ptr<gateway::Upgrader> upgrader;
    rest::Limits limits;
    std::unique_ptr<rest::Dispatcher> dispatcher;
    media::Cdn cdn;
    ops::Status status;
    std::unique_ptr<classic::ClassicApi> classic;
    std::unique_ptr<pages::Pages> pages;
    /// Null where there is no TLS to reach strangers with.
    std::unique_ptr<peering::Peering> peering;
    std::unique_ptr<Front> front;
    /// Of all connections; listeners and tests attach them.
    std::unique_ptr<base::http::Server> server;
    ops::Janitor janitor;

  private:
    void take(Loaded& loaded);
    void join_nodes(const CoreDeps& deps, const federation::X25519Secret& link_secret);
    services::Context context_of(unsigned shard, const CoreDeps& deps);
};

}  // namespace guildhall::app
