// Entries of kinds that a mirror's version does not know: kept as they are, in no projection, and
// shown when the mirror runs a version that knows them.
#include "node/journal/rebuild.h"
#include "node/store/tables/entries.h"
#include "protocol/event_codec.h"
#include "protocol/event_kinds.h"
#include "tests/catch.h"
#include "tests/unit/journal/mirror_workload.h"

#include <optional>
#include <utility>

namespace guildhall {
namespace {

using namespace protocol;
using journal::GuildChange;
using tests::Follower;
using tests::JournalNode;
using tests::Workload;

const EventKind kReaction = kind_of(ReactionAdded{});
const EventKind kRole = kind_of(RoleCreated{});

struct Pair {
    JournalNode host{1};
    JournalNode mirror{2};
    UserId owner{1000};
    GuildId guild;
    Follower follower;
    Workload work;

    Pair() : guild(make()), follower(host, guild), work(host, guild, 7) {}

    GuildId make() {
        for (JournalNode* node : {&host, &mirror}) {
            auto user = std::make_shared<User>();
            user->id = owner;
            user->username = "owner";
            node->know_user(user);
        }
        return host.make_guild(owner);
    }
    void react(ChannelId channel, MessageId message) {
        REQUIRE(
            host.commit(guild, {ReactionAdded{channel, message, owner, EmojiId(), "x", owner}}));
    }
    void add_role() {
        Role role;
        role.id = RoleId(host.new_id(guild));
        role.name = "new";
        REQUIRE(host.commit(guild, {RoleCreated{role}}));
    }
    void fill_all() {
        for (const auto& row : mirror.log_rows(guild)) {
            if (row.first > 0) REQUIRE(follower.fill(mirror, row.log_id, 0, row.first));
        }
    }
    int reactions() {
        int count = 0;
        REQUIRE(mirror.write([&](store::Tx& tx) {
            return tx.each("SELECT 1 FROM reactions", [&](const store::Row&) { ++count; });
        }));
        return count;
    }
    bool knows_more() {
        bool more = false;
        REQUIRE(mirror.write([&](store::Tx& tx) -> Status {
            TRY(more, journal::knows_more(tx));
            return {};
        }));
        return more;
    }
    /// Also what it says of entries that are not known.
    void check_verifies(const std::string& note) {
        const auto report = mirror.verify();
        for (const auto& fault : report.faults) UNSCOPED_INFO(fault);
        CHECK(report.fault_count == 0);
        CHECK(report.notes == std::vector<std::string>{note});
    }
};

TEST_CASE("a channel's entry of an unknown kind is kept, and shown once its kind is known") {
    Pair pair;
    const ChannelId channel = pair.work.add_channel();
    const MessageId message = pair.work.post(channel);
    pair.follower.join(pair.mirror);
    pair.react(channel, message);
    const MessageId after = pair.work.post(channel);
    {
        const ForgetKind older(kReaction);
        pair.follower.sync(pair.mirror);
        pair.check_verifies("1 entries of kinds this version does not know");
        CHECK_FALSE(pair.knows_more());
        // Nothing of it comes from a rebuild by the version that does not know it.
        const std::string before = pair.mirror.projections();
        pair.mirror.rebuild();
        CHECK(pair.mirror.projections() == before);
    }
    CHECK(pair.mirror.views.front()->last_message(channel) == after);
    for (const journal::Committed& entry : pair.mirror.recorder.entries)
        CHECK_FALSE(std::holds_alternative<ReactionAdded>(entry.event));
    CHECK(pair.mirror.projections() != pair.host.projections());
    pair.check_verifies("1 entries of kinds an older version did not know");
    REQUIRE(pair.knows_more());
    pair.mirror.rebuild();
    CHECK_FALSE(pair.knows_more());
    CHECK(pair.mirror.projections() == pair.host.projections());
    CHECK(pair.mirror.verify().fault_count == 0);
    pair.fill_all();
    CHECK(pair.mirror.logs() == pair.host.logs());
}

TEST_CASE("a control entry of an unknown kind is passed, and takes effect once all is known") {
    Pair pair;
    const ChannelId channel = pair.work.add_channel();
    pair.follower.join(pair.mirror);
    pair.add_role();
    const MessageId message = pair.work.post(channel);
    std::optional<ForgetKind> older(std::in_place, kRole);
    pair.follower.sync(pair.mirror);
    const std::uint64_t size = pair.host.state(pair.guild).control_size;
    CHECK(pair.mirror.state(pair.guild).control_size == size);
    CHECK(pair.mirror.journal.decided(pair.guild)->control_size == size);
    CHECK(pair.mirror.state(pair.guild).roles.size() == 1);
    // Decided behind that entry, and it did not wait.
    CHECK(pair.mirror.views.front()->last_message(channel) == message);
    pair.check_verifies("1 entries of kinds this version does not know");
    pair.add_role();
    const ChannelId next = pair.work.add_channel();
    pair.follower.sync(pair.mirror);
    CHECK(pair.mirror.state(pair.guild).channels.find(next) != nullptr);
    older.reset();
    // The log before the snapshot is not here: what was opaque has no place to be applied at.
    CHECK_FALSE(pair.knows_more());
    {
        const ForgetKind still(kRole);
        pair.fill_all();
        pair.mirror.rebuild();
        CHECK(pair.mirror.verify().fault_count == 0);
    }
    REQUIRE(pair.knows_more());
    pair.mirror.rebuild();
    CHECK(pair.mirror.projections() == pair.host.projections());
    CHECK(pair.mirror.logs() == pair.host.logs());
    CHECK(pair.mirror.verify().notes.empty());
    const JournalNode again(3, pair.mirror.db->image());
    CHECK(again.state(pair.guild) == pair.host.state(pair.guild));
}

TEST_CASE("a control entry is not read before others of the log that stay unknown") {
    Pair pair;
    pair.work.add_channel();
    pair.follower.join(pair.mirror);
    const ForgetKind channel(kind_of(ChannelCreated{}));
    std::optional<ForgetKind> role(std::in_place, kRole);
    pair.add_role();
    pair.work.add_channel();
    pair.add_role();
    pair.follower.sync(pair.mirror);
    pair.fill_all();
    role.reset();
    CHECK_FALSE(pair.knows_more());
    const std::string before = pair.mirror.projections();
    pair.mirror.rebuild();
    CHECK(pair.mirror.projections() == before);
    CHECK(pair.mirror.verify().fault_count == 0);
    // Nothing was forgotten meanwhile.
    const ForgetKind again(kRole);
    pair.check_verifies("5 entries of kinds this version does not know");
}

TEST_CASE("an entry that cannot be read when its kind is known keeps no node from starting") {
    Pair pair;
    const ChannelId channel = pair.work.add_channel();
    const MessageId message = pair.work.post(channel);
    pair.follower.join(pair.mirror);
    {
        const ForgetKind older(kReaction);
        pair.react(channel, message);
        pair.react(channel, pair.work.post(channel));
        pair.follower.sync(pair.mirror);
    }
    // As a host might have made it: the older version could not look into it.
    std::uint64_t seq = 0;
    REQUIRE(pair.mirror.write([&](store::Tx& tx) -> Status {
        const store::LogKey key = store::log_key(pair.guild, channel.value);
        TRY(const auto rows, store::entries::range(tx, key, channel.value, 0, 100));
        for (const auto& row : rows) {
            if (row.header.kind == kReaction && seq == 0) seq = row.header.seq;
        }
        return tx.run("UPDATE entries SET body = $1 WHERE log = $2 AND seq = $3",
                      store::Blob(std::string(64, '\xff')),
                      key,
                      static_cast<std::int64_t>(seq));
    }));
    REQUIRE(seq > 0);
    for (int round = 0; round < 2; ++round) {
        CHECK(pair.knows_more() == (round == 0));
        pair.mirror.rebuild();
        // The other one was read.
        CHECK(pair.reactions() == 1);
    }
    const JournalNode again(3, pair.mirror.db->image());
    CHECK(again.state(pair.guild) == pair.host.state(pair.guild));
}

TEST_CASE("an entry whose bytes are no event is refused, whatever kind it says") {
    Pair pair;
    const ChannelId channel = pair.work.add_channel();
    const MessageId message = pair.work.post(channel);
    pair.follower.join(pair.mirror);
    pair.follower.sync(pair.mirror);
    pair.react(channel, message);
    const ForgetKind older(kReaction);
    auto batch = pair.follower.next(channel.value, 512);
    REQUIRE(batch);
    batch->entries.front().body.back() ^= 1;
    batch->entries.front().body += "12345678";
    CHECK_FALSE(pair.mirror.run(pair.mirror.journal.append(pair.guild, std::move(*batch))));
}

TEST_CASE("bytes of an unknown kind are told from garbage") {
    Message message;
    message.id = MessageId(77);
    message.content = "some words";
    message.mentions = {UserId(5), UserId(6)};
    const std::string bytes = encode(MessageCreated{message});
    const EventKind kind = kind_of(MessageCreated{});
    CHECK(is_event_of(bytes, kind));
    CHECK_FALSE(is_event_of(bytes, kRole));
    // The kind stands first behind the root's pointer.
    std::string later = bytes;
    later[8] = static_cast<char>(0xe7);
    later[9] = 3;
    CHECK(is_event_of(later, 999));
    CHECK_FALSE(is_event_of(later, kind));
    CHECK_FALSE(decode_event(later, BytesFrom::others));
    CHECK_FALSE(is_known(999));
    CHECK_FALSE(is_event_of({}, 999));
    CHECK_FALSE(is_event_of(later + std::string(8, '\0'), 999));
    for (std::size_t size = 0; size < later.size(); ++size)
        CHECK_FALSE(is_event_of(std::string_view(later).substr(0, size), 999));
    CHECK_FALSE(is_event_of(std::string(64, '\xff'), 0xffff));
}

}  // namespace
}  // namespace guildhall
