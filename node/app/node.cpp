#include "node/app/node.h"

#include "federation/crypto.h"
#include "node/app/data.h"
#include "node/app/front.h"
#include "node/app/shard_services.h"
#include "node/base/http/server.h"
#include "node/base/listener.h"
#include "node/base/log_stderr.h"
#include "node/base/timer.h"
#include "node/base/tls.h"
#include "node/classic/classic_api.h"
#include "node/gateway/gateway.h"
#include "node/gateway/upgrader.h"
#include "node/media/cdn.h"
#include "node/ops/janitor.h"
#include "node/ops/status.h"
#include "node/pages/pages.h"
#include "node/rest/dispatcher.h"
#include "node/rest/history_cache.h"
#include "node/services/login_limits.h"
#include "node/services/present/presenter.h"
#include "node/services/session_starts.h"
#include "node/store/sqlite_db.h"
#include "protocol/errors.h"
#include "protocol/json/writer.h"

#include <algorithm>
#include <functional>
#include <future>
#include <thread>

namespace guildhall::app {
namespace {

using namespace std::chrono_literals;
using protocol::Result;
using protocol::Status;

// Argon2id takes 19 MiB and 20 ms of a core: two at once, and beyond a few seconds of waiting a
// client had better try again.
constexpr unsigned kHashers = 2;
constexpr std::size_t kHashQueue = 256;
// Files are synced one at a time by each; a burst of uploads waits here.
constexpr unsigned kDiskThreads = 2;
constexpr std::size_t kDiskQueue = 1024;
// Folds the write-ahead log, so that what was deleted is gone from it too.
constexpr base::Nanos kCheckpointEvery = 60s;
constexpr base::Nanos kStopWithin = 4s;

unsigned shard_count(const Config& config) {
    return config.shards != 0 ? config.shards
                              : std::clamp(std::thread::hardware_concurrency(), 1u, 64u);
}

std::string url_of(const Config& config, const base::Endpoint& local) {
    if (!config.public_url.empty()) return config.public_url;
    return (config.tls_cert.empty() ? "http://" : "https://") + local.str();
}

}  // namespace

struct Node::Parts {
    Parts(const Config& c,
          const std::string& dir,
          std::unique_ptr<base::Log> l,
          std::unique_ptr<store::SqliteDb> d,
          Loaded loaded,
          const base::Endpoint& where);

    Status listen(const base::Endpoint& where);

    const Config config;
    std::unique_ptr<base::Log> log;
    base::SystemClock clock;
    base::SystemRng rng;
    base::Registry metrics;
    std::unique_ptr<store::SqliteDb> db;
    journal::Identity identity;
    services::Secrets secrets;
    services::Settings settings;
    base::Shards shards;
    base::WorkerPool hashers{kHashers, kHashQueue};
    base::WorkerPool disk{kDiskThreads, kDiskQueue};
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
    std::unique_ptr<Front> front;
    std::unique_ptr<base::http::Server> server;
    std::unique_ptr<base::TlsContext> tls;
    std::unique_ptr<base::TcpListener> listener;
    ops::Janitor janitor;
};

Node::Parts::Parts(const Config& c,
                   const std::string& dir,
                   std::unique_ptr<base::Log> l,
                   std::unique_ptr<store::SqliteDb> d,
                   Loaded loaded,
                   const base::Endpoint& where)
    : config(c),
      log(std::move(l)),
      db(std::move(d)),
      identity(std::move(loaded.identity)),
      secrets(std::move(loaded.secrets)),
      settings{.name = c.name,
               .public_url = url_of(c, where),
               .registration = c.registration,
               .data_dir = dir,
               .node_uid = identity.uid},
      shards(shard_count(c), clock, *log),
      links(settings.public_url, secrets.cdn_key, clock),
      presenter(links),
      bus(shards),
      views([&] {
          std::vector<std::unique_ptr<journal::View>> out;
          for (unsigned i = 0; i < shards.count(); ++i) {
              out.push_back(std::make_unique<journal::View>());
              bus.subscribe(i, *out.back());
          }
          return out;
      }()),
      journal({shards, *db, bus, views, clock, rng, *log, presenter}, identity),
      files(dir, disk, rng),
      starts(clock, rng.next_u64(), c.rate_limits),
      logins(clock, rng.next_u64(), c.rate_limits),
      limits(clock, rng.next_u64(), c.rate_limits),
      cdn(files, links, *db, disk),
      status(metrics, *db, clock),
      janitor(shards.at(0), *db, disk, dir) {
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
    std::vector<services::Context*> contexts;
    for (unsigned i = 0; i < shards.count(); ++i) {
        online.push_back(std::make_unique<services::Online>());
        bus.subscribe(i, *online.back());
        services_of.push_back(std::make_unique<ShardServices>(services::Context{shards.at(i),
                                                                                shards,
                                                                                *views[i],
                                                                                journal,
                                                                                *db,
                                                                                clock,
                                                                                rng,
                                                                                *log,
                                                                                hashers,
                                                                                secrets,
                                                                                settings,
                                                                                links,
                                                                                &files,
                                                                                online[i].get(),
                                                                                &files,
                                                                                &starts,
                                                                                &logins}));
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
    pages = std::make_unique<pages::Pages>(settings, views, dispatcher->routes(), clock);
    front = std::make_unique<Front>(
        Front::Sites{*dispatcher, cdn, status, *upgrader, *classic, *pages});
    base::http::ServerOptions options;
    options.trusted_proxies = config.trusted_proxies;
    server = std::make_unique<base::http::Server>(shards, *front, rng, &metrics, options);
}

Status Node::Parts::listen(const base::Endpoint& where) {
    if (!config.tls_cert.empty()) {
        auto loaded = base::load_server_tls(config.tls_cert, config.tls_key);
        if (!loaded) {
            return protocol::make_error(0, "tls.cert, tls.key: " + loaded.error().message);
        }
        tls = std::move(*loaded);
    }
    auto attach = [this](base::Shard& shard, std::unique_ptr<base::ByteStream> stream) {
        if (tls) stream = tls->wrap(std::move(stream));
        server->attach(shard, std::move(stream));
    };
    TRY(listener, base::TcpListener::open(shards, where, std::move(attach)));
    if (config.public_url.empty()) {
        // Port 0 has become a real one: addresses that people are told follow it.
        settings.public_url = url_of(config, listener->local());
        links.set_public_url(settings.public_url);
    }
    return {};
}

Result<std::unique_ptr<Node>> Node::open(const Config& config, const std::string& data_dir) {
    if (!federation::init_crypto()) return protocol::make_error(0, "libsodium cannot start");
    if (config.tls_cert.empty() != config.tls_key.empty()) {
        return protocol::make_error(0, "tls.cert and tls.key must be set together");
    }
    const auto where = base::Endpoint::parse(config.listen);
    if (!where) {
        return protocol::make_error(
            0, "listen: '" + config.listen + "' is not an address with a port");
    }
    auto log = base::make_stderr_log(config.log_level);
    store::SqliteDbOptions options{.folder = data_dir};
    options.migrations = store::schema::migrations();
    options.log = log.get();
    TRY(auto db, store::SqliteDb::open(options));
    base::SystemClock clock;
    base::SystemRng rng;
    TRY(auto loaded, load(*db, clock, rng));
    auto parts = std::make_unique<Parts>(
        config, data_dir, std::move(log), std::move(db), std::move(loaded), *where);
    TRY_VOID(parts->listen(*where));
    return std::unique_ptr<Node>(new Node(std::move(parts)));
}

Node::Node(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Node::~Node() { stop(); }

void Node::start() {
    Parts& p = *parts_;
    p.janitor.start();
    auto checkpoint = [](base::Shard& shard, store::Db& db) -> base::Task<void> {
        for (;;) {
            co_await shard.timers().sleep_for(kCheckpointEvery);
            db.checkpoint();
        }
    };
    p.shards.at(0).spawn("checkpoint", checkpoint(p.shards.at(0), *p.db));
    const auto guilds = p.views[0]->guild_count();  // From here on the view is its shard's.
    p.shards.start();
    if (lacks_public_url(p.config)) {
        p.log->warn("node",
                    "listen is every address and public_url is not set: invites, attachments and "
                    "the gateway's address will not open; set public_url",
                    {{"url", p.settings.public_url}});
    }
    p.log->info("node", "serving", {{"url", p.settings.public_url}, {"guilds", guilds}});
}

void Node::stop() {
    if (!parts_) return;
    Parts& p = *parts_;
    p.listener->stop();
    auto done = std::make_shared<std::promise<void>>();
    auto ended = done->get_future();
    auto wind_down = [](Parts& parts,
                        std::shared_ptr<std::promise<void>> told) -> base::Task<void> {
        base::Shard& here = parts.shards.at(0);
        co_await parts.gateway->shut_down(here);
        parts.classic->shut_down();
        parts.server->drain();
        while (parts.server->connections() > 0) {
            co_await here.timers().sleep_for(10ms);
        }
        told->set_value();
    };
    p.shards.at(0).spawn("stop", wind_down(p, done));
    ended.wait_for(kStopWithin);
    p.shards.stop();
    p.db->stop();
    p.log->info("node", "stopped");
    // Tasks that the shards hold suspended refer to every other part, in both directions. Nothing
    // runs any more and the process ends; what has to be closed in order is closed here.
    p.db.reset();
    p.log.reset();
    // NOLINTNEXTLINE(bugprone-unused-return-value): given to the end of the process, as said.
    (void)parts_.release();
}

/// Runs a verb on the shard of a guild and waits; never on a shard.
template <class T>
Result<T> Node::on_guild(protocol::GuildId guild,
                         std::function<base::Task<Result<T>>(ShardServices&)> verb) {
    Parts& p = *parts_;
    base::Shard& shard = p.shards.of(guild);
    std::promise<Result<T>> promise;
    auto future = promise.get_future();
    auto work =
        [](auto* todo, ShardServices* services, std::promise<Result<T>>* told) -> base::Task<void> {
        told->set_value(co_await (*todo)(*services));
    };
    shard.spawn("command", work(&verb, p.services_of[shard.index()].get(), &promise));
    return future.get();
}

std::vector<std::string> Node::list_invites() {
    std::vector<std::string> out;
    // Read where nothing else runs: the shard that the view belongs to.
    Parts& p = *parts_;
    std::promise<void> done;
    p.shards.at(0).post([&] {
        p.views[0]->for_each_guild([&](const protocol::GuildState& g) {
            g.invites.for_each([&](const std::string& code, const protocol::Invite& i) {
                out.push_back(code + "\t" + g.guild.id.str() + "\t" + i.channelId.str() + "\t" +
                              std::to_string(i.uses));
            });
        });
        done.set_value();
    });
    done.get_future().wait();
    return out;
}

namespace {

/// The code of an invite to `wanted`, or to the first channel that has messages.
base::Task<Result<std::string>> invite_as_owner(ShardServices& s,
                                                protocol::GuildId id,
                                                std::optional<protocol::ChannelId> wanted) {
    const protocol::GuildState* g = s.ctx.journal.decided(id);
    if (!g) co_return protocol::make_error(protocol::kUnknownGuild);
    protocol::ChannelId where = wanted.value_or(protocol::ChannelId{});
    if (!wanted) {
        g->channels.for_each([&](protocol::ChannelId c, const protocol::Channel& channel) {
            if (protocol::is_messageable(channel.type)) where = c;
            return !where;
        });
    }
    const services::Actor owner{.user = g->guild.ownerId};
    const protocol::api::InviteCreate request;
    CO_TRY(const auto found, co_await s.invites.create(owner, id, where, request));
    co_return found.invite.code;
}

/// `code` belongs to who waits for this.
base::Task<Result<bool>> remove_as_owner(ShardServices& s,
                                         protocol::GuildId guild,
                                         const std::string& code) {
    const protocol::GuildState* g = s.ctx.journal.decided(guild);
    if (!g) co_return protocol::make_error(protocol::kUnknownGuild);
    const services::Actor owner{.user = g->guild.ownerId};
    CO_TRY_VOID(co_await s.invites.remove(owner, code));
    co_return true;
}

}  // namespace

Result<std::string> Node::create_invite(const std::string& guild, const std::string& channel) {
    const auto id = protocol::parse_id<protocol::GuildId>(guild);
    const auto wanted = protocol::parse_id<protocol::ChannelId>(channel);
    if (!id) return protocol::make_error(0, "'" + guild + "' is not the id of a guild");
    if (!channel.empty() && !wanted) {
        return protocol::make_error(0, "'" + channel + "' is not the id of a channel");
    }
    return on_guild<std::string>(
        *id, [id = *id, wanted](ShardServices& s) { return invite_as_owner(s, id, wanted); });
}

Status Node::delete_invite(const std::string& code) {
    Parts& p = *parts_;
    std::promise<protocol::GuildId> found;
    p.shards.at(0).post([&] { found.set_value(p.views[0]->guild_of_invite(code)); });
    const protocol::GuildId guild = found.get_future().get();
    if (!guild) return protocol::make_error(protocol::kUnknownInvite);
    auto done = on_guild<bool>(
        guild, [guild, &code](ShardServices& s) { return remove_as_owner(s, guild, code); });
    if (!done) return done.error();
    return {};
}

std::string Node::ready_line() const {
    const Parts& p = *parts_;
    std::string line;
    protocol::JsonWriter w(line);
    w.begin_object();
    w.boolean("ready", true);
    w.string("http", (p.tls ? "https://" : "http://") + p.listener->local().str());
    w.null("federation");
    w.string("node", federation::to_hex(p.identity.uid));
    w.end_object();
    return line;
}

}  // namespace guildhall::app
