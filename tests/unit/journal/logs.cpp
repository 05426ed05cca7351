// verify and rebuild: a clean folder is clean, every kind of damage is found, projections follow
// from the logs alone.
#include "node/journal/load.h"
#include "node/journal/rebuild.h"
#include "node/journal/verify.h"
#include "node/store/projections/guild_facts.h"
#include "node/store/schema/schema.h"
#include "tests/catch.h"
#include "tests/support/node_fixture.h"

namespace guildhall {
namespace {

using namespace protocol;
using tests::NodeFixture;

void write_now(store::Db& db, store::UniqueFunction<Status(store::Tx&)> work) {
    store::WriteJob job;
    job.run = std::move(work);
    Status seen;
    job.done = [&](Status s) { seen = std::move(s); };
    db.write(std::move(job));
    REQUIRE(seen);
}

constexpr auto kQuiet = [](std::uint64_t, std::uint64_t) {};

journal::VerifyReport verify(NodeFixture& node) {
    const auto migrations = store::schema::migrations();
    auto scratch = store::InlineSqliteDb::open(migrations);
    REQUIRE(scratch);
    journal::VerifyReport report;
    write_now(*node.db, [&](store::Tx& data) -> Status {
        Status status;
        write_now(**scratch, [&](store::Tx& replayed) -> Status {
            auto r = journal::verify(data, replayed, *node.identity, kQuiet);
            if (r)
                report = std::move(*r);
            else
                status = r.error();
            return {};
        });
        return status;
    });
    return report;
}

Message post(
    NodeFixture& node, GuildId guild, ChannelId channel, UserId author, const std::string& text) {
    Message m;
    m.id = MessageId(node.run(node.journal.new_id(guild)));
    m.channelId = channel;
    m.authorId = author;
    m.content = text;
    node.commit(guild, {MessageCreated{m}});
    return m;
}

/// A guild with something of everything that projections hold.
struct Lived {
    NodeFixture node;
    UserId owner = node.add_user("owner"), member = node.add_user("member");
    GuildId guild = node.make_guild(owner);
    ChannelId channel = node.text_channel(guild);

    Lived() {
        node.join(guild, member);
        const RoleId role = node.add_role(guild, Permissions(0), 1, {member});
        Message first = post(node, guild, channel, owner, "first");
        const Message second = post(node, guild, channel, member, "second");
        const Message third = post(node, guild, channel, member, "third");
        node.commit(guild, {ReactionAdded{channel, first.id, member, {}, "x", owner}});
        node.commit(guild, {PinChanged{channel, first.id, true, owner}});
        first.content = "edited";
        node.commit(guild, {MessageEdited{first}});
        node.commit(guild, {MessagesDeleted{channel, {second.id}, owner, false}});
        node.commit(guild, {ReactionAdded{channel, third.id, owner, {}, "y", member}});
        node.commit(guild, {ReactionRemoved{channel, third.id, owner, {}, "y"}});
        Invite invite;
        invite.code = "code1";
        invite.channelId = channel;
        invite.inviterId = owner;
        invite.maxUses = 2;
        node.commit(guild, {InviteCreated{invite}, InviteUsed{"code1", member}});
        node.commit(guild, {RoleDeleted{role}});
        const std::string one(32, '1'), two(32, '2');
        node.commit(guild,
                    {IdentityAdded{one, "genesis", {"first"}},
                     IdentityAdded{one, "", {"second", "third"}},
                     NodeBanned{one, "one.example", owner},
                     NodeBanned{two, "two.example", owner},
                     NodeUnbanned{two, owner},
                     MemberMoved{owner, one},
                     HostingPolicySet{{one, two}, 2, 1000, owner},
                     HostingChanged{"certificate", two, 1, "two.example", {"two.example:7420"}}});
        node.commit(
            guild,
            {BanAdded{{member, "reason", owner}}, MemberLeft{member, LeaveCause::banned, owner}});
    }
};

TEST_CASE("a folder that nobody touched verifies") {
    Lived lived;
    const auto report = verify(lived.node);
    for (const auto& fault : report.faults) UNSCOPED_INFO(fault);
    CHECK(report.fault_count == 0);
    CHECK(report.guilds == 1);
    CHECK(report.logs == 3);
    // The edited and the deleted message's first bodies.
    CHECK(report.dropped_bodies == 2);
}

TEST_CASE("verify finds each kind of damage") {
    const char* damage = GENERATE(
        "UPDATE entries SET body = CAST('0123456789abcdef01234567' AS BLOB) WHERE body IS NOT NULL"
        " AND seq = 1",
        "UPDATE entries SET ts_ms = ts_ms + 1 WHERE seq = 1",
        "UPDATE entries SET control_seq = control_seq + 1 WHERE seq = 0",
        "UPDATE entries SET object_id = object_id + 1 WHERE seq = 2",
        "DELETE FROM entries WHERE seq = 1",
        "INSERT INTO entries SELECT log, seq + 1000, ts_ms, kind, object_id, control_seq, "
        "body_hash,"
        " command_hash, body, command FROM entries WHERE seq = 0",
        "UPDATE logs SET size = size - 1",
        "UPDATE logs SET head = (SELECT head FROM logs ORDER BY log DESC LIMIT 1)",
        "UPDATE roles SET data = (SELECT data FROM members LIMIT 1)",
        "DELETE FROM messages",
        "UPDATE messages SET pinned_ms = 0",
        "DELETE FROM reactions",
        "DELETE FROM bans",
        "DELETE FROM guild_facts WHERE kind = 1",
        "UPDATE hosting SET uid = CAST('00000000000000000000000000000000' AS BLOB)");
    Lived lived;
    write_now(*lived.node.db, [&](store::Tx& tx) { return tx.script(damage); });
    INFO(damage);
    CHECK(verify(lived.node).fault_count > 0);
}

TEST_CASE("the facts that a migration makes are those of a replay") {
    NodeFixture node;
    const GuildId guild = node.make_guild(node.add_user("owner"));
    write_now(*node.db, [&](store::Tx& tx) -> Status {
        TRY_VOID(tx.run("DELETE FROM guild_facts"));
        TRY_VOID(tx.run("UPDATE hosting SET host_uid = '', host_name = ''"));
        return store::schema::fill_0002(tx);
    });
    CHECK(verify(node).fault_count == 0);
    CHECK(node.state(guild).hosting.hostUid == node.identity->uid.text());
    CHECK(node.state(guild).hosting.hostName == node.settings.name);
}

TEST_CASE("the facts of a state that came as a snapshot are the rows that its log makes") {
    Lived lived;
    write_now(*lived.node.db, [&](store::Tx& tx) -> Status {
        TRY_VOID(tx.run("DELETE FROM guild_facts"));
        return store::put_facts(tx, lived.node.state(lived.guild));
    });
    CHECK(verify(lived.node).fault_count == 0);
}

TEST_CASE("a rebuild gives the same tables, and the same guilds in memory") {
    Lived lived;
    std::vector<journal::LoadedGuild> before, after;
    write_now(*lived.node.db, [&](store::Tx& tx) -> Status {
        TRY(before, journal::load_guilds(tx));
        TRY_VOID(journal::rebuild(tx, kQuiet));
        TRY(after, journal::load_guilds(tx));
        return {};
    });
    REQUIRE(before.size() == 1);
    REQUIRE(after.size() == 1);
    CHECK(*before[0].state == *after[0].state);
    CHECK(*before[0].state == lived.node.state(lived.guild));
    const GuildState& state = *before[0].state;
    CHECK(state.identities.find(std::string(32, '1'))->events.size() == 3);
    CHECK(state.node_bans.size() == 1);
    CHECK(state.hosting.hostName == "two.example");
    CHECK(state.hosting.successors.size() == 2);
    CHECK(state.hosting.firstHostUid == lived.node.identity->uid.text());
    CHECK(home_of(state, *state.members.find(lived.owner)) == std::string(32, '1'));
    CHECK(verify(lived.node).fault_count == 0);
}

TEST_CASE("a deleted channel's messages are gone after its purge, also from a rebuild") {
    Lived lived;
    lived.node.commit(lived.guild, {ChannelDeleted{lived.channel}});
    std::int64_t bodies = -1, rows = -1;
    const auto count = [&](store::Tx& tx) -> Status {
        TRY_VOID(tx.each(
            "SELECT COUNT(*) FROM entries WHERE log = $1 AND body IS NOT NULL",
            [&](const store::Row& r) { bodies = r.int64(0); },
            lived.channel));
        return tx.each("SELECT COUNT(*) FROM messages",
                       [&](const store::Row& r) { rows = r.int64(0); });
    };
    write_now(*lived.node.db, [&](store::Tx& tx) -> Status {
        TRY_VOID(journal::rebuild(tx, kQuiet));
        return count(tx);
    });
    CHECK(bodies == 0);
    CHECK(rows == 0);
    CHECK(verify(lived.node).fault_count == 0);
}

}  // namespace
}  // namespace guildhall
