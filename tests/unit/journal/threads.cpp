// The journal on real threads and a real database: many shards decide at once; run under the thread
// sanitizer with two and four shards.
#include "federation/genesis.h"
#include "node/journal/identity.h"
#include "node/journal/journal.h"
#include "node/store/sqlite_db.h"
#include "tests/catch.h"
#include "tests/support/loop.h"
#include "tests/support/temp_folder.h"

#include <atomic>
#include <future>

namespace guildhall {
namespace {

using namespace protocol;

class NoPresenter final : public journal::Presenter {
  public:
    void present(journal::Committed& entry, const journal::View&) const override {
        entry.dispatches.push_back({"TEST", std::make_shared<const std::string>("{}")});
    }
};

/// Checks, on its shard, that each log is heard once and in order.
class OrderCheck final : public journal::Subscriber {
  public:
    void on_committed(const journal::Committed& entry) override {
        auto& next = next_[{entry.guild, entry.log_id}];
        if (entry.seq != next) ++faults;
        next = entry.seq + 1;
        ++heard;
    }
    std::atomic<int> faults{0}, heard{0};

  private:
    std::map<std::pair<GuildId, std::uint64_t>, std::uint64_t> next_;
};

std::string uid_for(std::uint64_t n) {
    return std::string(federation::blake2b(std::to_string(n)).text());
}

constexpr int kMessages = 100;

base::Task<void> work_on_guild(journal::Journal& journal, GuildId id, std::atomic<int>& stored) {
    Guild guild;
    guild.id = id;
    guild.uid = uid_for(id.value);
    guild.name = "g";
    Channel channel;
    channel.id = ChannelId(id.value + 1);
    journal::Decision first;
    first.events = {GuildCreated{guild, ""}, ChannelCreated{channel}};
    auto made = co_await journal.create_guild(id, std::move(first));
    if (made) ++stored;
    for (int i = 0; i < kMessages; ++i) {
        Message m;
        m.id = MessageId(co_await journal.new_id(id));
        m.channelId = channel.id;
        m.content = "message";
        journal::Decision decision;
        decision.events = {MessageCreated{m}};
        auto done = co_await journal.commit(id, std::move(decision));
        if (done) ++stored;
    }
}

TEST_CASE("guilds on several shards commit at once; every shard hears every log in order") {
    const unsigned count = GENERATE(2u, 4u);
    constexpr int kGuilds = 8;
    tests::TempFolder folder;
    base::SystemClock clock;
    base::SystemRng rng;
    tests::RecordingLog log;
    auto opened = store::SqliteDb::open(
        {.folder = folder.path().string(), .migrations = store::schema::migrations()});
    REQUIRE(opened);
    auto& db = **opened;
    std::optional<journal::Identity> identity;
    std::promise<void> written;
    store::WriteJob job;
    job.run = [&](store::Tx& tx) -> Status {
        TRY(auto made, journal::load_or_make_identity(tx, clock, rng));
        identity = std::move(made);
        return {};
    };
    // Not before: the journal sets its hooks next, and the writer must be done with this batch.
    job.done = [&](const Status&) { written.set_value(); };
    db.write(std::move(job));
    written.get_future().get();

    base::Shards shards(count, clock, log);
    journal::Bus bus(shards);
    std::vector<std::unique_ptr<journal::View>> views;
    std::vector<std::unique_ptr<OrderCheck>> checks;
    for (unsigned i = 0; i < count; ++i) {
        views.push_back(std::make_unique<journal::View>());
        checks.push_back(std::make_unique<OrderCheck>());
        bus.subscribe(i, *views[i]);
        bus.subscribe(i, *checks[i]);
    }
    const NoPresenter presenter;
    journal::Journal journal({shards, db, bus, views, clock, rng, log, presenter}, *identity);
    std::atomic<int> stored{0};
    for (std::uint64_t g = 1; g <= kGuilds; ++g) {
        const GuildId id(g * 1000);
        shards.of(id).spawn("test", work_on_guild(journal, id, stored));
    }
    shards.start();
    const int expected = kGuilds * (kMessages + 2);
    const auto all_heard = [&] {
        return std::all_of(checks.begin(), checks.end(), [&](const auto& c) {
            return c->heard.load() == expected;
        });
    };
    for (int i = 0; i < 6000 && !all_heard(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    shards.stop();
    db.stop();
    CHECK(stored == kGuilds * (kMessages + 1));
    for (const auto& check : checks) {
        CHECK(check->faults == 0);
        CHECK(check->heard == expected);
    }
}

}  // namespace
}  // namespace guildhall
