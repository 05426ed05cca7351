// What a member may do, and why, in guilds of every shape.

#include "client-qml/core/state/permissions.h"

#include <QRandomGenerator>
#include <QTest>

using namespace guildhall::client;
namespace bits = guildhall::protocol::permissions;

namespace {

constexpr Snowflake kGuild = 100, kOwner = 1, kMember = 2;

Role role(Snowflake id, Permissions allowed, int position = 1) {
    Role made;
    made.id = id;
    made.position = position;
    made.permissions = allowed.bits;
    return made;
}

Channel channel(std::vector<Overwrite> overwrites) {
    Channel made;
    made.id = 500;
    made.guild = kGuild;
    made.overwrites = std::move(overwrites);
    return made;
}

Guild guild(Permissions everyone, std::vector<Role> roles = {}) {
    Guild made;
    made.id = kGuild;
    made.owner = kOwner;
    made.roles = std::move(roles);
    made.roles.push_back(role(kGuild, everyone, 0));
    return made;
}

/// A guild, a channel and a member whose every part is chance's.
struct Chance {
    QRandomGenerator random;
    quint64 mask() { return random.generate64() & bits::kAll.bits & random.generate64(); }
    Guild any_guild() {
        std::vector<Role> roles;
        for (Snowflake id = 10; id < 14; ++id) {
            Permissions some(mask());
            if (random.bounded(8) != 0) some = some & ~bits::kAdministrator;
            roles.push_back(role(id, some, int(id)));
        }
        return guild(Permissions(mask()) & ~bits::kAdministrator, roles);
    }
    Channel any_channel() {
        std::vector<Overwrite> some;
        for (const Snowflake id : {kGuild, Snowflake(10), Snowflake(11), Snowflake(12), kMember}) {
            if (random.bounded(2) == 0) some.push_back({id, id == kMember, mask(), mask()});
        }
        return channel(some);
    }
    Subject anybody() {
        Subject who{random.bounded(10) == 0 ? kOwner : kMember, {}, 0};
        for (Snowflake id = 10; id < 14; ++id) {
            if (random.bounded(2) == 0) who.roles.push_back(id);
        }
        if (random.bounded(6) == 0) who.timeout_until_ms = 2'000;
        return who;
    }
};

}  // namespace

class TestPermissions final : public QObject {
    Q_OBJECT

  private slots:
    void explain_agrees_with_the_algorithm() {
        Chance chance{QRandomGenerator(20'261'123)};
        for (int i = 0; i < 3'000; ++i) {
            const Guild place = chance.any_guild();
            const Channel here = chance.any_channel();
            const Subject who = chance.anybody();
            const Permissions all = permissions_in(place, &here, who, 1'000);
            for (int bit = 0; bit < 53; ++bit) {
                const Permissions one(quint64(1) << bit);
                if (!bits::kAll.has(one)) continue;
                QCOMPARE(explain(place, &here, who, one, 1'000).allowed, all.has(one));
                const bool in_guild = permissions_in(place, nullptr, who, 1'000).has(one);
                QCOMPARE(explain(place, nullptr, who, one, 1'000).allowed, in_guild);
            }
        }
    }

    void the_owner_may_everything() {
        const auto why =
            explain(guild(bits::kNone), nullptr, {kOwner, {}, 0}, bits::kBanMembers, 0);
        QVERIFY(why.allowed);
        QCOMPARE(why.rule, Rule::owner);
    }

    void a_denying_role_is_named() {
        const Guild place = guild(bits::kDefaultEveryone, {role(10, bits::kNone)});
        const Channel here = channel({{10, false, 0, bits::kSendMessages.bits}});
        const auto why = explain(place, &here, {kMember, {10}, 0}, bits::kSendMessages, 0);
        QVERIFY(!why.allowed);
        QCOMPARE(why.rule, Rule::role_overwrite);
        QCOMPARE(why.role, Snowflake(10));
    }

    void an_allowing_role_beats_a_denying_one() {
        const Guild place =
            guild(bits::kDefaultEveryone, {role(10, bits::kNone), role(11, bits::kNone)});
        const Channel here = channel(
            {{10, false, 0, bits::kSendMessages.bits}, {11, false, bits::kSendMessages.bits, 0}});
        const auto why = explain(place, &here, {kMember, {10, 11}, 0}, bits::kSendMessages, 0);
        QVERIFY(why.allowed);
        QCOMPARE(why.role, Snowflake(11));
    }

    void what_needs_sending_says_so() {
        const Guild place = guild(bits::kDefaultEveryone);
        const Channel here = channel({{kGuild, false, 0, bits::kSendMessages.bits}});
        const auto why = explain(place, &here, {kMember, {}, 0}, bits::kAttachFiles, 0);
        QVERIFY(!why.allowed);
        QCOMPARE(why.rule, Rule::cannot_send);
    }

    void a_hidden_channel_says_so() {
        const Guild place = guild(bits::kDefaultEveryone);
        const Channel here = channel({{kGuild, false, 0, bits::kViewChannel.bits}});
        const auto why = explain(place, &here, {kMember, {}, 0}, bits::kSendMessages, 0);
        QVERIFY(!why.allowed);
        QCOMPARE(why.rule, Rule::hidden_channel);
    }

    void a_timeout_says_until_when() {
        const Guild place = guild(bits::kDefaultEveryone);
        const Channel here = channel({});
        const auto why = explain(place, &here, {kMember, {}, 5'000}, bits::kSendMessages, 1'000);
        QCOMPARE(why.rule, Rule::timeout);
        QCOMPARE(why.until_ms, qint64(5'000));
        QVERIFY(explain(place, &here, {kMember, {}, 5'000}, bits::kSendMessages, 6'000).allowed);
    }

    void nobody_outranks_the_owner() {
        const Guild place =
            guild(bits::kNone, {role(10, bits::kNone, 5), role(11, bits::kNone, 3)});
        QVERIFY(!outranks(place, {kMember, {10}, 0}, {kOwner, {}, 0}));
        QVERIFY(outranks(place, {kMember, {10}, 0}, {3, {11}, 0}));
        QVERIFY(!outranks(place, {3, {11}, 0}, {kMember, {10}, 0}));
        QVERIFY(outranks_role(place, {kMember, {10}, 0}, place.roles[1]));
        QVERIFY(!outranks_role(place, {kMember, {10}, 0}, place.roles[0]));
    }
};

QTEST_GUILESS_MAIN(TestPermissions)
#include "tst_permissions.moc"
