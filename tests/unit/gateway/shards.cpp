// The gateway on real threads and a real database: clients that are cut off again and again and
// resume on whichever shard takes their next connection; run under the thread sanitizer too.
#include "federation/genesis.h"
#include "node/journal/identity.h"
#include "node/store/sqlite_db.h"
#include "tests/catch.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/gateway/support.h"

#include <atomic>
#include <future>
#include <thread>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using protocol::ChannelId;
using protocol::GuildId;
using protocol::UserId;

namespace {

constexpr int kMessages = 150;
const GuildId kGuild(1000);
const ChannelId kChannel(2000);

journal::Identity make_identity(store::Db& db, base::Clock& clock, base::Rng& rng) {
    std::optional<journal::Identity> made;
    std::promise<void> written;
    store::WriteJob job;
    job.run = [&](store::Tx& tx) -> protocol::Status {
        TRY(auto identity, journal::load_or_make_identity(tx, clock, rng));
        made = std::move(identity);
        return {};
    };
    // Not before: the journal sets its hooks next, and the writer must be done with this batch.
    job.done = [&](const protocol::Status&) { written.set_value(); };
    db.write(std::move(job));
    written.get_future().get();
    return std::move(*made);
}

/// A node of several shards on threads, with a gateway.
struct Cluster {
    explicit Cluster(unsigned count)
        : db(*store::SqliteDb::open(
              {.folder = folder.path().string(), .migrations = store::schema::migrations()})),
          shards(count, clock, log),
          bus(shards),
          secrets{rng.bytes(32), rng.bytes(32), rng.bytes(32), rng.bytes(32)},
          identity(make_identity(*db, clock, rng)),
          links("http://127.0.0.1", "key", clock),
          presenter(links),
          journal({shards, *db, bus, views, clock, rng, log, presenter}, identity),
          hashers(1, 1),
          starts(clock, 1, false) {
        std::vector<services::Context*> pointers;
        for (unsigned i = 0; i < count; ++i) {
            views.push_back(std::make_unique<journal::View>());
            bus.subscribe(i, *views[i]);
            contexts.push_back(
                std::unique_ptr<services::Context>(new services::Context{shards.at(i),
                                                                         shards,
                                                                         *views[i],
                                                                         journal,
                                                                         *db,
                                                                         clock,
                                                                         rng,
                                                                         log,
                                                                         hashers,
                                                                         secrets,
                                                                         settings,
                                                                         links}));
            pointers.push_back(contexts.back().get());
        }
        gateway = std::make_unique<gateway::Gateway>(
            pointers, bus, gateway::Deps{presenter, starts, metrics});
    }
    ~Cluster() {
        shards.stop();
        db->stop();
    }

    /// Before the shards run.
    std::string add_user(UserId id) {
        auto user = std::make_shared<protocol::User>();
        user->id = id;
        user->username = "u" + id.str();
        const std::string token = services::make_token(id, clock.unix_ms(), rng);
        journal::SessionOpened opened{services::hash_token(secrets.token_key, token), {}};
        opened.session.user = id;
        for (auto& view : views) {
            view->load_notice(journal::UserChanged{user});
            view->load_notice(opened);
        }
        return token;
    }

    TempFolder folder;
    base::SystemClock clock;
    base::SystemRng rng;
    RecordingLog log;
    std::unique_ptr<store::SqliteDb> db;
    base::Shards shards;
    journal::Bus bus;
    std::vector<std::unique_ptr<journal::View>> views;
    services::Secrets secrets;
    services::Settings settings;
    journal::Identity identity;
    services::Links links;
    services::Presenter presenter;
    journal::Journal journal;
    base::WorkerPool hashers;
    base::Registry metrics;
    services::SessionStarts starts;
    std::vector<std::unique_ptr<services::Context>> contexts;
    std::unique_ptr<gateway::Gateway> gateway;
};

/// Makes the guild; on its shard.
base::Task<void> make_guild(Cluster& c, std::vector<UserId> users, std::promise<void>& done) {
    protocol::Guild guild;
    guild.id = kGuild;
    guild.uid = std::string(federation::blake2b("guild").text());
    guild.ownerId = users.front();
    protocol::Role everyone;
    everyone.id = protocol::RoleId(kGuild.value);
    everyone.permissions = protocol::permissions::kDefaultEveryone.bits;
    protocol::Channel channel;
    channel.id = kChannel;
    journal::Decision first;
    first.events = {protocol::GuildCreated{guild, ""},
                    protocol::RoleCreated{everyone},
                    protocol::ChannelCreated{channel}};
    for (const UserId user : users) {
        protocol::Member member;
        member.userId = user;
        first.events.emplace_back(protocol::MemberJoined{member, {}});
    }
    auto made = co_await c.journal.create_guild(kGuild, std::move(first));
    if (!made) throw std::runtime_error("no guild");
    done.set_value();
}

base::Task<void> publish(Cluster& c, UserId author) {
    for (int i = 1; i <= kMessages; ++i) {
        protocol::Message m;
        m.id = protocol::MessageId(co_await c.journal.new_id(kGuild));
        m.channelId = kChannel;
        m.authorId = author;
        m.content = std::to_string(i);
        journal::Decision decision;
        decision.events = {protocol::MessageCreated{m}};
        auto sent = co_await c.journal.commit(kGuild, std::move(decision));
        if (!sent) throw std::runtime_error("not sent");
    }
}

/// One user who wanders from shard to shard.
struct Roamer {
    std::string token, session;
    std::uint64_t seq = 0;
    std::vector<std::string> heard;
    int identified = 0, resumed = 0, refused = 0, gaps = 0;
    std::atomic<bool> done{false};

    bool has_all() const { return !heard.empty() && heard.back() == std::to_string(kMessages); }
};

/// One connection of a roamer; on the shard that took it.
base::Task<void> visit(Cluster& c, unsigned shard, Roamer& r) {
    Client client(c.gateway->hub(shard));
    base::TimerQueue& timers = c.shards.at(shard).timers();
    if (r.session.empty()) {
        client.identify(r.token);
    } else {
        client.resume(r.token, r.session, r.seq);
    }
    const auto settled = [&] {
        return client.count("READY") + client.count("RESUMED") > 0 || client.has_op(9);
    };
    for (int i = 0; i < 5000 && !settled(); ++i) co_await timers.sleep_for(1ms);
    co_await timers.sleep_for(3ms);
    if (client.has_op(9)) {
        ++r.refused;
        r.session.clear();
        client.cut();
        co_return;
    }
    if (client.count("READY") > 0) {
        ++r.identified;
        r.session = client.session_id();
        r.seq = 0;
    }
    r.resumed += client.count("RESUMED") > 0;
    for (const auto& frame : client.frames()) {
        if (frame.at("op") != 0) continue;
        const auto s = frame.at("s").to_number<std::uint64_t>();
        if (s != r.seq + 1) ++r.gaps;
        r.seq = s;
        if (frame.at("t") == "MESSAGE_CREATE") {
            r.heard.emplace_back(frame.at("d").at("content").as_string());
        }
    }
    client.cut();
}

base::Task<void> roam(Cluster& c, unsigned first, Roamer& r, std::promise<void>& ready) {
    for (unsigned i = first; i < first + 4000 && !r.has_all(); ++i) {
        const unsigned shard = i % c.shards.count();
        co_await base::on_shard(
            c.shards.at(0), c.shards.at(shard), [&c, &r, shard] { return visit(c, shard, r); });
        if (i == first) ready.set_value();
    }
    r.done = true;
}

}  // namespace

TEST_CASE("clients that wander between shards hear everything once and in order") {
    const unsigned count = GENERATE(1u, 2u, 4u);
    constexpr unsigned kRoamers = 4;
    Cluster c(count);
    std::vector<UserId> users;
    std::vector<Roamer> roamers(kRoamers);
    for (unsigned i = 0; i < kRoamers; ++i) {
        users.emplace_back(10 + i);
        roamers[i].token = c.add_user(users.back());
    }
    c.shards.start();
    std::promise<void> made;
    c.shards.of(kGuild).spawn("guild", make_guild(c, users, made));
    made.get_future().get();
    std::vector<std::promise<void>> ready(kRoamers);
    for (unsigned i = 0; i < kRoamers; ++i) {
        c.shards.at(0).spawn("roam", roam(c, i, roamers[i], ready[i]));
    }
    for (auto& one : ready) one.get_future().get();
    c.shards.of(kGuild).spawn("publish", publish(c, users.front()));
    const auto all_done = [&] {
        return std::all_of(
            roamers.begin(), roamers.end(), [](const Roamer& r) { return r.done.load(); });
    };
    for (int i = 0; i < 6000 && !all_done(); ++i) std::this_thread::sleep_for(10ms);
    REQUIRE(all_done());
    std::vector<std::string> expected;
    for (int i = 1; i <= kMessages; ++i) expected.push_back(std::to_string(i));
    for (const Roamer& r : roamers) {
        CHECK(r.identified == 1);
        CHECK(r.refused == 0);
        CHECK(r.gaps == 0);
        CHECK(r.heard == expected);
    }
}
