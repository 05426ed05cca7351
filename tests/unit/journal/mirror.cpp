// Mirrors: what a host decided has the same rows, states and dispatches at a node that follows it;
// what comes out of order waits; holes of the past close; a mirror freezes, goes, and becomes host.
#include "federation/evidence.h"
#include "federation/hosting_certificate.h"
#include "node/store/projections/project.h"
#include "node/store/tables/gaps.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/peers.h"
#include "protocol/errors.h"
#include "tests/catch.h"
#include "tests/unit/journal/mirror_workload.h"

#include <algorithm>

namespace guildhall {
namespace {

using namespace protocol;
using journal::GuildChange;
using journal::GuildRole;
using tests::Follower;
using tests::JournalNode;
using tests::Workload;

/// A host with a guild, and a node that knows the same users.
struct Pair {
    JournalNode host{1};
    std::unique_ptr<JournalNode> mirror = std::make_unique<JournalNode>(2);
    UserId owner{1000};
    GuildId guild;
    Follower follower;
    Workload work;

    explicit Pair(std::uint64_t seed = 7)
        : guild(make()), follower(host, guild), work(host, guild, seed) {}

    GuildId make() {
        for (JournalNode* node : {&host, mirror.get()}) know_users(*node);
        return host.make_guild(owner);
    }
    static void know_users(JournalNode& node) {
        for (std::uint64_t id = 1000; id < 1006; ++id) {
            auto user = std::make_shared<User>();
            user->id = UserId(id);
            user->username = "user" + std::to_string(id);
            node.know_user(user);
        }
    }
    /// The mirror's process ends, and another begins with what was durable.
    void restart_mirror() {
        const std::string image = mirror->db->image();
        mirror = std::make_unique<JournalNode>(3, image);
        know_users(*mirror);
        follower.restart(*mirror);
    }
    void check_equal() {
        CHECK(mirror->projections() == host.projections());
        CHECK(mirror->logs() == host.logs());
        CHECK(mirror->state(guild) == host.state(guild));
        CHECK(*mirror->journal.decided(guild) == host.state(guild));
    }
    void check_verifies() {
        const auto report = mirror->verify();
        for (const auto& fault : report.faults) UNSCOPED_INFO(fault);
        CHECK(report.fault_count == 0);
    }
    /// Asks for all holes, from the newest end, `step` entries at a time.
    void fill_all(std::uint64_t step) {
        for (const auto& row : mirror->log_rows(guild)) {
            std::uint64_t first = row.first;
            while (first > 0) {
                const std::uint64_t from = first - std::min(first, step);
                REQUIRE(follower.fill(*mirror, row.log_id, from, first - from));
                first = from;
            }
        }
    }
};

TEST_CASE(
    "a mirror that takes each decision as it comes has the host's rows, state and dispatches") {
    Pair pair;
    pair.follower.join(*pair.mirror);
    pair.host.recorder.entries.clear();
    for (int i = 0; i < 150; ++i) {
        pair.work.step();
        pair.follower.sync(*pair.mirror);
    }
    CHECK(pair.mirror->recorder.told() == pair.host.recorder.told());
    CHECK(pair.mirror->recorder.entries.size() == pair.host.recorder.entries.size());
    for (std::size_t i = 0; i < pair.host.recorder.entries.size(); ++i) {
        CHECK(*pair.mirror->recorder.entries[i].before == *pair.host.recorder.entries[i].before);
        CHECK(*pair.mirror->recorder.entries[i].after == *pair.host.recorder.entries[i].after);
    }
    CHECK(pair.mirror->projections() == pair.host.projections());
    CHECK(pair.mirror->state(pair.guild) == pair.host.state(pair.guild));
    pair.check_verifies();
    pair.fill_all(7);
    pair.check_equal();
    pair.check_verifies();
}

TEST_CASE("logs in any order and pieces of any size come to the same") {
    const std::uint64_t seed = GENERATE(range(1, 13));
    Pair pair(seed);
    base::SeededRng chance(seed + 100);
    pair.work.steps(20);
    pair.follower.join(*pair.mirror);
    std::vector<std::optional<Result<journal::Receipt>>> waiting(4000);
    std::size_t used = 0;
    const auto deliver = [&](std::uint64_t limit) {
        auto order = pair.follower.all_logs();
        for (std::size_t i = order.size(); i > 1; --i)
            std::swap(order[i - 1], order[chance.below(i)]);
        for (const std::uint64_t log : order) {
            while (auto batch = pair.follower.next(log, limit)) {
                pair.mirror->begin(pair.mirror->journal.append(pair.guild, std::move(*batch)),
                                   waiting.at(used++));
                if (chance.below(3) == 0) break;
            }
        }
    };
    for (int round = 0; round < 12; ++round) {
        pair.work.steps(static_cast<int>(1 + chance.below(30)));
        deliver(1 + chance.below(6));
        if (chance.below(3) == 0) {
            deliver(512);
            pair.restart_mirror();
        }
        if (chance.below(4) == 0) pair.mirror->rebuild();
    }
    for (int i = 0; i < 3; ++i) deliver(512);
    // Deliveries that waited were answered, but for those of a process that ended.
    CHECK(pair.mirror->journal.decided(pair.guild)->control_size ==
          pair.host.state(pair.guild).control_size);
    pair.fill_all(1 + chance.below(9));
    CHECK(pair.mirror->state(pair.guild) == pair.host.state(pair.guild));
    CHECK(pair.mirror->projections() == pair.host.projections());
    pair.check_verifies();
    pair.mirror->rebuild();
    pair.host.rebuild();
    CHECK(pair.mirror->projections() == pair.host.projections());
    CHECK(pair.mirror->logs() == pair.host.logs());
}

TEST_CASE("a log that begins at its newest entries has the same messages when its holes close") {
    const std::uint64_t seed = GENERATE(range(1, 21));
    Pair pair(seed);
    base::SeededRng chance(seed);
    const ChannelId channel = pair.work.add_channel();
    for (int i = 0; i < 60; ++i) pair.work.step();
    pair.follower.join(*pair.mirror);
    const bool kept = pair.host.state(pair.guild).channels.find(channel) != nullptr;
    if (kept) pair.follower.open_log(*pair.mirror, channel.value, 1 + chance.below(10));
    CHECK(pair.mirror->recorder.entries.empty());
    for (int i = 0; i < 30; ++i) {
        pair.work.step();
        pair.follower.sync(*pair.mirror);
    }
    pair.check_verifies();
    const std::string before = pair.mirror->projections();
    pair.mirror->rebuild();
    CHECK(pair.mirror->projections() == before);
    // From anywhere inside the hole.
    for (int i = 0; i < 100; ++i) {
        std::vector<store::gaps::Gap> holes;
        REQUIRE(pair.mirror->write([&](store::Tx& tx) -> Status {
            TRY(holes, store::gaps::of_log(tx, store::channel_log(channel)));
            return {};
        }));
        if (holes.empty()) break;
        const auto& hole = holes[chance.below(holes.size())];
        const std::uint64_t from = hole.from + chance.below(hole.to - hole.from);
        const std::uint64_t count = 1 + chance.below(hole.to - from);
        REQUIRE(pair.follower.fill(*pair.mirror, channel.value, from, count));
        if (chance.below(5) == 0) pair.restart_mirror();
        if (chance.below(5) == 0) {
            const std::string now = pair.mirror->projections();
            pair.mirror->rebuild();
            CHECK(pair.mirror->projections() == now);
        }
    }
    pair.fill_all(100);
    CHECK(pair.mirror->projections() == pair.host.projections());
    pair.check_verifies();
}

TEST_CASE(
    "who is told of a message first that was edited before its host sent it is told it is new") {
    Pair pair;
    const ChannelId channel = pair.work.add_channel();
    pair.follower.join(*pair.mirror);
    const auto edit = [&](MessageId id, const std::string& content) {
        Message m;
        m.id = id;
        m.channelId = channel;
        m.authorId = pair.owner;
        m.content = content;
        m.editedMs = pair.host.loop.clock.unix_ms();
        REQUIRE(pair.host.commit(pair.guild, {MessageEdited{m}}));
    };
    const MessageId known = pair.work.post(channel);
    pair.follower.sync(*pair.mirror);
    edit(known, "of a message that was told");
    const MessageId late = pair.work.post(channel);
    edit(late, "lost");
    edit(late, "what it says now");
    const MessageId gone = pair.work.post(channel);
    REQUIRE(pair.host.commit(pair.guild, {MessagesDeleted{channel, {gone}, pair.owner, false}}));
    pair.mirror->recorder.entries.clear();
    // One at a time: what follows a place may come in another batch.
    for (int i = 0; i < 8; ++i) pair.follower.sync(*pair.mirror, {}, 1);
    edit(late, "and later");
    pair.follower.sync(*pair.mirror);
    std::vector<std::string> told;
    for (const journal::Committed& entry : pair.mirror->recorder.entries) {
        if (const auto* e = std::get_if<MessageCreated>(&entry.event))
            told.push_back("new: " + e->message.content);
        if (const auto* e = std::get_if<MessageEdited>(&entry.event))
            told.push_back("edited: " + e->message.content);
        if (std::holds_alternative<MessagesDeleted>(entry.event)) told.push_back("deleted");
    }
    CHECK(told == std::vector<std::string>{"edited: of a message that was told",
                                           "new: what it says now",
                                           "deleted",
                                           "edited: and later"});
    CHECK(pair.mirror->state(pair.guild) == pair.host.state(pair.guild));
    CHECK(pair.mirror->projections() == pair.host.projections());
}

TEST_CASE("a channel's entry waits for the control entry under which it was decided") {
    Pair pair;
    pair.follower.join(*pair.mirror);
    const ChannelId channel = pair.work.add_channel();
    pair.work.post(channel);
    std::optional<Result<journal::Receipt>> posted;
    auto batch = pair.follower.next(channel.value, 512);
    REQUIRE(batch);
    pair.mirror->begin(pair.mirror->journal.append(pair.guild, std::move(*batch)), posted);
    CHECK_FALSE(posted);
    CHECK(pair.mirror->recorder.entries.empty());
    pair.follower.sync(*pair.mirror, {kControlLog});
    REQUIRE(posted);
    CHECK(posted->has_value());
    REQUIRE(pair.mirror->recorder.entries.size() == 2);
    CHECK(pair.mirror->recorder.entries[1].log_id == channel.value);
}

TEST_CASE("what waits for the control log is bounded") {
    Pair pair;
    pair.follower.join(*pair.mirror);
    const ChannelId channel = pair.work.add_channel();
    pair.work.post(channel);
    auto batch = pair.follower.next(channel.value, 512);
    REQUIRE(batch);
    batch->entries.front().body.resize(journal::kWaitingBytesMax);
    const auto refused =
        pair.mirror->run(pair.mirror->journal.append(pair.guild, std::move(*batch)));
    REQUIRE_FALSE(refused);
    CHECK(http_status(refused.error()) == 503);
}

TEST_CASE("entries out of sequence, without a needed body or of another log are refused whole") {
    Pair pair;
    pair.follower.join(*pair.mirror);
    const ChannelId channel = pair.work.add_channel();
    const auto tries = [&](auto spoil) {
        Follower other = pair.follower;
        auto batch = other.next(kControlLog, 512);
        REQUIRE(batch);
        spoil(*batch);
        CHECK_FALSE(pair.mirror->run(pair.mirror->journal.append(pair.guild, std::move(*batch))));
        CHECK_FALSE(pair.mirror->journal.decided(pair.guild)->channels.find(channel));
    };
    tries([](auto& b) { b.entries.front().header.seq += 1; });
    tries([](auto& b) { b.entries.front().body.clear(); });
    tries([](auto& b) { b.entries.front().header.log_id = 5; });
    tries([](auto& b) { b.entries.front().header.kind += 1; });
    tries([](auto& b) { b.entries.front().body.resize(3); });
    pair.follower.sync(*pair.mirror);
    pair.check_verifies();
}

TEST_CASE("a decision about a guild that another node hosts is refused, and says so") {
    Pair pair;
    pair.follower.join(*pair.mirror);
    const auto refused = pair.mirror->commit(pair.guild, {GuildDeleted{}});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == kAPIResourceOverloaded);
    CHECK(http_status(refused.error()) == 503);
    CHECK(error_message(refused.error()).find("host.example") != std::string_view::npos);
    CHECK(pair.mirror->journal.role(pair.guild) == GuildRole::mirrored);
    CHECK(pair.mirror->views.front()->role(pair.guild) == GuildRole::mirrored);
}

TEST_CASE("a failed transaction leaves a mirror as it was, and the same entries again go on") {
    Pair pair;
    pair.follower.join(*pair.mirror);
    const ChannelId channel = pair.work.add_channel();
    pair.work.post(channel);
    const Follower before = pair.follower;
    pair.mirror->db->fail_next_batch(make_http_error(507));
    auto batch = pair.follower.next(kControlLog, 512);
    REQUIRE(batch);
    CHECK_FALSE(pair.mirror->run(pair.mirror->journal.append(pair.guild, std::move(*batch))));
    CHECK_FALSE(pair.mirror->journal.decided(pair.guild)->channels.find(channel));
    CHECK(pair.mirror->recorder.entries.empty());
    pair.follower.logs = before.logs;
    pair.follower.sync(*pair.mirror);
    pair.fill_all(100);
    pair.check_equal();
}

TEST_CASE("members of a snapshot come in pages, before anything else of the control log") {
    Pair pair;
    std::vector<Member> page;
    for (std::uint64_t id = 1001; id < 1004; ++id) {
        Member member;
        member.userId = UserId(id);
        page.push_back(member);
    }
    pair.follower.join(*pair.mirror, false);
    pair.work.add_channel();
    auto batch = pair.follower.next(kControlLog, 512);
    REQUIRE(batch);
    CHECK_FALSE(pair.mirror->run(pair.mirror->journal.append(pair.guild, *batch)));
    auto& journal = pair.mirror->journal;
    CHECK(pair.mirror->run(journal.extend_mirror(pair.guild, page, false)));
    CHECK(pair.mirror->views.front()->guilds_of(UserId(1002)).size() == 1);
    CHECK(pair.mirror->run(journal.extend_mirror(pair.guild, {}, true)));
    CHECK(pair.mirror->run(journal.append(pair.guild, *batch)));
    CHECK(pair.mirror->state(pair.guild).members.size() == 4);
    CHECK_FALSE(pair.mirror->run(journal.extend_mirror(pair.guild, page, false)));
    pair.restart_mirror();
    CHECK(pair.mirror->state(pair.guild).members.size() == 4);
}

TEST_CASE("a frozen guild takes nothing more, and verify says why") {
    Pair pair;
    pair.follower.join(*pair.mirror);
    pair.work.add_channel();
    CHECK(pair.mirror->run(
        pair.mirror->journal.freeze(pair.guild, {0, "the host's head does not follow"})));
    auto batch = pair.follower.next(kControlLog, 512);
    REQUIRE(batch);
    CHECK_FALSE(pair.mirror->run(pair.mirror->journal.append(pair.guild, std::move(*batch))));
    CHECK(pair.mirror->views.front()->role(pair.guild) == GuildRole::frozen);
    pair.restart_mirror();
    CHECK(pair.mirror->journal.role(pair.guild) == GuildRole::frozen);
    const auto report = pair.mirror->verify();
    CHECK(report.fault_count == 0);
    const auto says = [&](const std::string& words) {
        return std::ranges::any_of(report.notes, [&](const std::string& note) {
            return note.find(words) != std::string::npos;
        });
    };
    CHECK(says("frozen"));
    CHECK(says("the host's head does not follow"));
}

TEST_CASE("verify tells transferable evidence in words, and checks it") {
    Pair pair;
    pair.follower.join(*pair.mirror);
    const federation::KeyLog keys{federation::encode(pair.host.identity->genesis), {}};
    const auto head = [&](char root) {
        federation::Head h;
        h.guild_uid =
            federation::Hash32::from(std::string_view(pair.host.state(pair.guild).guild.uid))
                .value();
        h.size = 3;
        h.root.fill(static_cast<std::uint8_t>(root));
        return federation::sign_heads({h}, pair.host.identity->key).front();
    };
    const auto evidence = federation::split_heads(keys, head('a'), head('b'));
    CHECK(pair.mirror->run(pair.mirror->journal.freeze(
        pair.guild, {static_cast<std::uint8_t>(evidence.kind), federation::encode(evidence)})));
    const auto report = pair.mirror->verify();
    CHECK(report.fault_count == 0);
    const std::string words = federation::check(evidence).value();
    CHECK(std::ranges::any_of(report.notes, [&](const std::string& note) {
        return note.find(words) != std::string::npos;
    }));
}

TEST_CASE("a guild that is left goes at once, its rows with it, and may be joined again") {
    Pair pair;
    pair.follower.join(*pair.mirror);
    pair.work.steps(60);
    pair.follower.sync(*pair.mirror);
    CHECK(pair.mirror->run(pair.mirror->journal.drop_guild(pair.guild)));
    CHECK(pair.mirror->journal.decided(pair.guild) == nullptr);
    CHECK(pair.mirror->views.front()->guild(pair.guild) == nullptr);
    CHECK(pair.mirror->recorder.changes.back().kind == GuildChange::Kind::dropped);
    CHECK(pair.mirror->projections().empty());
    CHECK(pair.mirror->logs().empty());
    Follower again(pair.host, pair.guild);
    again.join(*pair.mirror);
    pair.work.steps(5);
    again.sync(*pair.mirror);
    CHECK(pair.mirror->state(pair.guild).control_size == pair.host.state(pair.guild).control_size);
    pair.check_verifies();
}

TEST_CASE("rows of a guild that is being left are no fault") {
    Pair pair;
    pair.follower.join(*pair.mirror);
    pair.work.steps(60);
    pair.follower.sync(*pair.mirror);
    // A stop after the first of the steps that a guild goes in.
    REQUIRE(pair.mirror->write([&](store::Tx& tx) -> Status {
        TRY_VOID(store::clear_guild(tx, pair.guild));
        return store::hosting::set_role(tx, pair.guild, store::hosting::Role::left);
    }));
    pair.check_verifies();
}

TEST_CASE("a head that is damaged or another's is a fault at a mirror, too") {
    const char* damage = GENERATE("UPDATE logs SET head = (SELECT genesis FROM peers LIMIT 1)",
                                  "UPDATE hosting SET host_uid = CAST('x' AS BLOB)",
                                  "UPDATE entries SET ts_ms = ts_ms + 1 WHERE seq = 4",
                                  "UPDATE logs SET first = first + 1 WHERE log_id = 0",
                                  "DELETE FROM gaps",
                                  "DELETE FROM peers");
    Pair pair;
    pair.follower.join(*pair.mirror);
    pair.work.steps(20);
    pair.follower.sync(*pair.mirror);
    CHECK(pair.mirror->verify().fault_count == 0);
    REQUIRE(pair.mirror->write([&](store::Tx& tx) { return tx.script(damage); }));
    INFO(damage);
    CHECK(pair.mirror->verify().fault_count > 0);
}

/// A planned transfer, signed by both.
std::string transfer(Pair& pair) {
    federation::HostingCertificate c;
    c.kind = federation::HostingKind::transfer;
    c.guild_uid =
        federation::Hash32::from(std::string_view(pair.host.state(pair.guild).guild.uid)).value();
    c.epoch = 1;
    c.control_size = pair.mirror->state(pair.guild).control_size;
    c.new_host_uid = pair.mirror->identity->uid;
    c.new_host_name = "mirror.example";
    federation::SignedCertificate out;
    out.bytes = federation::encode(c);
    federation::add_signature(out, pair.host.identity->uid, 0, pair.host.identity->key);
    federation::add_signature(out, pair.mirror->identity->uid, 0, pair.mirror->identity->key);
    return federation::encode(out);
}

TEST_CASE("a mirror becomes the host: it decides, with ids above those seen, under a new epoch") {
    Pair pair;
    pair.follower.join(*pair.mirror);
    const ChannelId channel = pair.work.add_channel();
    const MessageId last = pair.work.post(channel);
    pair.follower.sync(*pair.mirror);
    pair.fill_all(100);
    CHECK(pair.host.run(pair.host.journal.stop_hosting(pair.guild)));
    CHECK_FALSE(pair.host.commit(pair.guild, {GuildDeleted{}}));
    auto& journal = pair.mirror->journal;
    CHECK_FALSE(pair.mirror->run(journal.become_host(pair.guild, "nonsense")));
    const auto first = pair.mirror->run(journal.become_host(pair.guild, transfer(pair)));
    REQUIRE(first);
    REQUIRE(first->size() == 1);
    CHECK(std::get<HostingChanged>((*first)[0].event).epoch == 1);
    CHECK(pair.mirror->state(pair.guild).hosting.hostUid == pair.mirror->identity->uid.text());
    const std::uint64_t id = pair.mirror->new_id(pair.guild);
    CHECK(id > last.value);
    Message m;
    m.id = MessageId(id);
    m.channelId = channel;
    m.authorId = pair.owner;
    m.content = "from the new host";
    CHECK(pair.mirror->commit(pair.guild, {MessageCreated{m}}));
    pair.check_verifies();
    for (const auto& row : pair.mirror->log_rows(pair.guild)) {
        if (row.log_id == channel.value)
            CHECK(federation::decode_signed_head(row.head)->head.epoch == 1);
    }
    // After a restart it goes on as the host.
    const std::string image = pair.mirror->db->image();
    JournalNode again(2, image);
    CHECK(again.journal.role(pair.guild) == GuildRole::hosted);
    CHECK(again.new_id(pair.guild) > id);
    CHECK(again.commit(pair.guild, {MemberLeft{UserId(1003), {}, {}}}));
    CHECK(again.verify().fault_count == 0);
}

TEST_CASE("the old host follows the new one, and the logs go on") {
    Pair pair;
    pair.follower.join(*pair.mirror);
    const ChannelId channel = pair.work.add_channel();
    pair.work.post(channel);
    pair.follower.sync(*pair.mirror);
    pair.fill_all(100);
    CHECK(pair.host.run(pair.host.journal.stop_hosting(pair.guild)));
    REQUIRE(pair.mirror->run(pair.mirror->journal.become_host(pair.guild, transfer(pair))));
    Follower back(*pair.mirror, pair.guild);
    for (const auto& row : pair.host.log_rows(pair.guild)) {
        auto log = federation::MirrorLog::restore(
            federation::Hash32::from(std::string_view(pair.host.state(pair.guild).guild.uid))
                .value(),
            0,
            row.log_id,
            {row.size, row.first, row.last_ts_ms, row.frontier, row.head});
        REQUIRE(log);
        log->enter_epoch(1);
        back.logs.insert_or_assign(row.log_id, std::move(*log));
    }
    Message m;
    m.id = MessageId(pair.mirror->new_id(pair.guild));
    m.channelId = channel;
    m.authorId = pair.owner;
    m.content = "from the new host";
    REQUIRE(pair.mirror->commit(pair.guild, {MessageCreated{m}}));
    back.sync(pair.host, {kControlLog, channel.value});
    CHECK(pair.host.projections() == pair.mirror->projections());
    CHECK(pair.host.state(pair.guild) == pair.mirror->state(pair.guild));
    CHECK(pair.host.commit(pair.guild, {GuildDeleted{}}).error().code == kAPIResourceOverloaded);
    // Until it knows the new host's keys, it cannot say whose the heads are.
    CHECK(pair.host.verify().fault_count > 0);
    const federation::KeyLog keys{federation::encode(pair.mirror->identity->genesis), {}};
    const std::string uid(pair.mirror->identity->uid.text());
    REQUIRE(pair.host.write([&](store::Tx& tx) {
        return store::peers::put(
            tx, {.uid = uid, .genesis = keys.genesis, .key_events = federation::encode(keys)});
    }));
    CHECK(pair.host.verify().fault_count == 0);
}

}  // namespace
}  // namespace guildhall
