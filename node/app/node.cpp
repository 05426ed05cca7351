#include "node/app/node.h"

#include "federation/crypto.h"
#include "node/app/core.h"
#include "node/base/listener.h"
#include "node/base/log_stderr.h"
#include "node/services/owner_actor.h"
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
    Parts(const Config& config,
          const std::string& dir,
          std::unique_ptr<base::Log> l,
          std::unique_ptr<store::SqliteDb> d,
          std::unique_ptr<base::TlsContext> https,
          Loaded loaded,
          const base::Endpoint& where);

    Status listen(const base::Endpoint& where);

    std::unique_ptr<base::Log> log;
    base::SystemClock clock;
    base::SystemRng rng;
    std::unique_ptr<store::SqliteDb> db;
    std::unique_ptr<base::TlsContext> client_tls;
    base::Shards shards;
    // Links are all of the shard of peering.
    base::SystemNetwork network{shards, 1};
    base::CaresResolver resolver{rng};
    Core core;
    std::unique_ptr<base::TlsContext> tls;
    std::unique_ptr<base::TcpListener> listener;
};

Node::Parts::Parts(const Config& config,
                   const std::string& dir,
                   std::unique_ptr<base::Log> l,
                   std::unique_ptr<store::SqliteDb> d,
                   std::unique_ptr<base::TlsContext> https,
                   Loaded loaded,
                   const base::Endpoint& where)
    : log(std::move(l)),
      db(std::move(d)),
      client_tls(std::move(https)),
      shards(shard_count(config), clock, *log),
      core(CoreDeps{.config = config,
                    .data_dir = dir,
                    .public_url = url_of(config, where),
                    .shards = shards,
                    .clock = clock,
                    .rng = rng,
                    .log = *log,
                    .db = *db,
                    .network = network,
                    .resolver = resolver,
                    .tls = client_tls.get()},
           std::move(loaded)) {}

Status Node::Parts::listen(const base::Endpoint& where) {
    const Config& config = core.config;
    if (!config.tls_cert.empty()) {
        auto loaded = base::load_server_tls(config.tls_cert, config.tls_key);
        if (!loaded) {
            return protocol::make_error(0, "tls.cert, tls.key: " + loaded.error().message);
        }
        tls = std::move(*loaded);
    }
    auto attach = [this](base::Shard& shard, std::unique_ptr<base::ByteStream> stream) {
        if (tls) stream = tls->wrap(std::move(stream));
        core.server->attach(shard, std::move(stream));
    };
    TRY(listener, base::TcpListener::open(shards, where, std::move(attach)));
    // Port 0 has become a real one: addresses that people are told follow it.
    if (config.public_url.empty()) core.set_public_url(url_of(config, listener->local()));
    return core.listen_for_links();
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
    read_what_is_known_now(*db, *log);
    TRY(auto loaded, load(*db, clock, rng));
    TRY(auto client_tls, base::make_client_tls());
    auto parts = std::make_unique<Parts>(config,
                                         data_dir,
                                         std::move(log),
                                         std::move(db),
                                         std::move(client_tls),
                                         std::move(loaded),
                                         *where);
    TRY_VOID(parts->listen(*where));
    return std::unique_ptr<Node>(new Node(std::move(parts)));
}

Node::Node(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Node::~Node() { stop(); }

void Node::start() {
    Parts& p = *parts_;
    p.core.start();
    const auto guilds = p.core.views[0]->guild_count();  // From here on the view is its shard's.
    p.shards.start();
    const std::string& url = p.core.settings.public_url;
    if (lacks_public_url(p.core.config)) {
        p.log->warn("node",
                    "listen is every address and public_url is not set: invites, attachments and "
                    "the gateway's address will not open; set public_url",
                    {{"url", url}});
    }
    p.log->info("node", "serving", {{"url", url}, {"guilds", guilds}});
}

void Node::stop() {
    if (!parts_) return;
    Parts& p = *parts_;
    p.listener->stop();
    auto done = std::make_shared<std::promise<void>>();
    auto ended = done->get_future();
    auto wind_down = [](Core& core, std::shared_ptr<std::promise<void>> told) -> base::Task<void> {
        co_await core.wind_down();
        told->set_value();
    };
    p.shards.at(0).spawn("stop", wind_down(p.core, done));
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
    shard.spawn("command", work(&verb, p.core.services_of[shard.index()].get(), &promise));
    return future.get();
}

Status Node::run_on_guild(protocol::GuildId guild,
                          std::function<base::Task<Status>(ShardServices&)> verb) {
    auto done = on_guild<bool>(guild, [&](ShardServices& s) -> base::Task<Result<bool>> {
        CO_TRY_VOID(co_await verb(s));
        co_return true;
    });
    if (!done) return done.error();
    return {};
}

std::vector<std::string> Node::list_invites() {
    std::vector<std::string> out;
    // Read where nothing else runs: the shard that the view belongs to.
    Parts& p = *parts_;
    std::promise<void> done;
    p.shards.at(0).post([&] {
        p.core.views[0]->for_each_guild([&](const protocol::GuildState& g) {
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
    const services::Actor owner = services::owner_actor(s.ctx, *g);
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
    const services::Actor owner = services::owner_actor(s.ctx, *g);
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
    p.shards.at(0).post([&] { found.set_value(p.core.views[0]->guild_of_invite(code)); });
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
    const auto links = p.core.peering ? p.core.peering->local() : std::nullopt;
    if (links) {
        w.string("federation", links->str());
    } else {
        w.null("federation");
    }
    w.string("node", federation::to_hex(p.core.identity.uid));
    w.end_object();
    return line;
}

}  // namespace guildhall::app
