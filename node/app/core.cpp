#include "node/app/core.h"

#include "node/base/version.h"
#include "protocol/errors.h"

#include <utility>

namespace guildhall::app {
namespace {

using namespace std::chrono_literals;

// Argon2id takes 19 MiB and 20 ms of a core: two at once, and beyond a few seconds of waiting a
// client had better try again.
constexpr unsigned kHashers = 2;
constexpr std::size_t kHashQueue = 256;
// Files are synced one at a time by each; a burst of uploads waits here.
constexpr unsigned kDiskThreads = 2;
constexpr std::size_t kDiskQueue = 1024;
// Folds the write-ahead log, so that what was deleted is gone from it too.
constexpr base::Nanos kCheckpointEvery = 60s;

std::vector<std::unique_ptr<journal::View>> views_of(base::Shards& shards, journal::Bus& bus) {
    std::vector<std::unique_ptr<journal::View>> out;
    for (unsigned i = 0; i < shards.count(); ++i) {
        out.push_back(std::make_unique<journal::View>());
        bus.subscribe(i, *out.back());
    }
    return out;
}

base::Task<void> checkpoint(base::Shard& shard, store::Db& db) {
    for (;;) {
        co_await shard.timers().sleep_for(kCheckpointEvery);
        db.checkpoint();
    }
}

federation::AdmissionMode admission_of(const std::string& trust) {
    if (trust == "hold") return federation::AdmissionMode::hold;
    if (trust == "allowlist") return federation::AdmissionMode::allowlist;
    return federation::AdmissionMode::open;
}

/// What others are told where the operator said nothing: where links are taken, under the node's
/// name when that is every address, and the WebSocket of an HTTPS site.
std::vector<std::string> found_endpoints(const Config& config,
                                         const services::Settings& settings,
                                         const std::optional<base::Endpoint>& local) {
    std::vector<std::string> out;
    if (local) {
        const bool everywhere =
            local->ip == base::IpAddress{} || local->ip == base::IpAddress::v4(0);
        out.push_back(everywhere ? config.name + ":" + std::to_string(local->port) : local->str());
    }
    const bool is_tls = settings.public_url.starts_with("https://");
    // Where strangers cannot reach, links need no certificate either: they have keys of their own.
    if (is_tls || (!local && config.federation_allow_private)) {
        const std::string rest = settings.public_url.substr(settings.public_url.find("//"));
        // A node under a path of a site has its links there too, which no endpoint can say.
        if (rest.find('/', 2) == std::string::npos) out.push_back((is_tls ? "wss:" : "ws:") + rest);
    }
    return out;
}

base::Task<base::http::Upgrade> take_link(peering::Peering& peering,
                                          const base::http::Request& request) {
    co_return peering.accept(request);
}

}  // namespace

Core::Core(const CoreDeps& deps, Loaded loaded)
    : config(deps.config),
      shards(deps.shards),
      log(deps.log),
      db(deps.db),
      network(deps.network),
      resolver(deps.resolver),
      tls(deps.tls),
      identity(std::move(loaded.identity)),
      secrets(std::move(loaded.secrets)),
      settings{.name = config.name,
               .public_url = deps.public_url,
               .registration = config.registration,
               .data_dir = deps.data_dir,
               .node_uid = identity.uid},
      hashers(deps.has_workers ? kHashers : 0, kHashQueue),
      disk(deps.has_workers ? kDiskThreads : 0, kDiskQueue),
      links(settings.public_url, secrets.cdn_key, deps.clock),
      presenter(links),
      bus(shards),
      views(views_of(shards, bus)),
      journal({shards, db, bus, views, deps.clock, deps.rng, log, presenter}, identity),
      files(deps.data_dir, disk, deps.rng),
      starts(deps.clock, deps.rng.next_u64(), config.rate_limits),
      logins(deps.clock, deps.rng.next_u64(), config.rate_limits),
      limits(deps.clock, deps.rng.next_u64(), config.rate_limits),
      cdn(files, links, db, disk),
      status(metrics, db, deps.clock),
      janitor(shards.at(0), db, disk, deps.data_dir) {
    take(loaded);
    std::vector<services::Context*> contexts;
    for (unsigned i = 0; i < shards.count(); ++i) {
        online.push_back(std::make_unique<services::Online>());
        bus.subscribe(i, *online.back());
        services_of.push_back(std::make_unique<ShardServices>(context_of(i, deps)));
        apis.push_back(std::make_unique<rest::Api>(services_of[i]->ctx, services_of[i]->all()));
        histories.push_back(std::make_unique<rest::HistoryCache>());
        bus.subscribe(i, *histories.back());
        apis.back()->history = histories.back().get();
        contexts.push_back(&services_of[i]->ctx);
    }
    gateway = std::make_unique<gateway::Gateway>(
        contexts, bus, gateway::Deps{presenter, starts, metrics});
    upgrader = std::make_unique<gateway::Upgrader>(*gateway);
    dispatcher = std::make_unique<rest::Dispatcher>(
        rest::Dispatcher::Deps{shards, apis, secrets, limits, metrics});
    classic = std::make_unique<classic::ClassicApi>(shards, apis, bus, limits);
    upgrader->add("/ws/", [this](base::http::Request& r) { return classic->accept(r); });
    pages = std::make_unique<pages::Pages>(settings, views, dispatcher->routes(), deps.clock);
    join_nodes(deps, loaded.link_secret);
    front = std::make_unique<Front>(
        Front::Sites{*dispatcher, cdn, status, *upgrader, *classic, *pages, peering.get()});
    base::http::ServerOptions options;
    options.trusted_proxies = config.trusted_proxies;
    server = std::make_unique<base::http::Server>(shards, *front, deps.rng, &metrics, options);
}

Core::~Core() {
    // What is suspended refers to the parts, and the parts to nothing that is suspended: the tasks
    // go first, while all that they may touch on their way is there.
    shards.abandon();
}

/// What is stored, to every view and to the journal.
void Core::take(Loaded& loaded) {
    for (auto& view : views) {
        for (const auto& notice : loaded.notices) view->load_notice(notice);
        for (const auto& guild : loaded.guilds) {
            view->load_guild(guild.state, guild.role);
            for (const auto& [channel, message] : guild.last_messages) {
                view->load_last_message(channel, message);
            }
        }
    }
    for (auto& guild : loaded.guilds) {
        journal.load_guild(guild);
    }
}

void Core::join_nodes(const CoreDeps& deps, const federation::X25519Secret& link_secret) {
    if (tls == nullptr) return;
    peering::Options options{.allow_private = config.federation_allow_private,
                             .admission = admission_of(config.federation_trust),
                             .endpoints = config.federation_endpoints,
                             .has_rate_limits = config.rate_limits,
                             .software = "guildhall " + std::string(base::kVersion),
                             .dialect = deps.dialect};
    const std::uint64_t cache = std::uint64_t{config.federation_cache_mb} << 20;
    peering =
        std::make_unique<peering::Peering>(peering::Peering::Deps{.services = services_of[0]->ctx,
                                                                  .bus = bus,
                                                                  .metrics = metrics,
                                                                  .network = network,
                                                                  .resolver = resolver,
                                                                  .tls = *deps.tls,
                                                                  .identity = identity,
                                                                  .link_secret = link_secret,
                                                                  .dispatcher = *dispatcher,
                                                                  .api = *apis[0],
                                                                  .blobs = {files, files, cache},
                                                                  .options = std::move(options)});
    for (auto& each : services_of) {
        each->ctx.backfill = &peering->backfill();
        each->ctx.other_nodes = &peering->other_nodes();
        each->ctx.host_changes = &peering->succession();
    }
    cdn.set_remote(peering->remote_files());
    upgrader->add(std::string(peering::kLinkPath),
                  [this](base::http::Request& r) { return take_link(*peering, r); });
}

protocol::Status Core::listen_for_links() {
    if (!peering || config.federation_listen == "off") return {};
    const auto where = base::Endpoint::parse(config.federation_listen);
    if (!where) {
        return protocol::make_error(
            0,
            "federation.listen: '" + config.federation_listen + "' is not an address with a port");
    }
    const auto done = peering->listen(*where);
    if (!done) return protocol::make_error(0, "federation.listen: " + done.error().message);
    return {};
}

services::Context Core::context_of(unsigned shard, const CoreDeps& deps) {
    return {.here = shards.at(shard),
            .shards = shards,
            .view = *views[shard],
            .journal = journal,
            .db = db,
            .clock = deps.clock,
            .rng = deps.rng,
            .log = log,
            .hashers = hashers,
            .secrets = secrets,
            .settings = settings,
            .links = links,
            .images = &files,
            .online = online[shard].get(),
            .files = &files,
            .session_starts = &starts,
            .logins = &logins};
}

void Core::start() {
    if (peering) {
        settings.endpoints = config.federation_endpoints;
        if (settings.endpoints.empty())
            settings.endpoints = found_endpoints(config, settings, peering->local());
        peering->set_endpoints(settings.endpoints);
        peering->start();
    }
    janitor.start();
    shards.at(0).spawn("checkpoint", checkpoint(shards.at(0), db));
}

base::Task<void> Core::wind_down() {
    base::Shard& here = shards.at(0);
    co_await gateway->shut_down(here);
    if (peering) co_await peering->stop();
    classic->shut_down();
    server->drain();
    while (server->connections() > 0) {
        co_await here.timers().sleep_for(10ms);
    }
}

void Core::set_public_url(const std::string& url) {
    settings.public_url = url;
    links.set_public_url(url);
}

}  // namespace guildhall::app
