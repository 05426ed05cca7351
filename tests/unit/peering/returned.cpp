// An old host that comes back with more than the new one has: its copy is taken anew, and what is
// known of the guild's hosts outlives that, whatever stops the node meanwhile.
#include "node/journal/journal.h"
#include "node/services/host_changes.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/renewals.h"
#include "node/store/wait.h"
#include "tests/catch.h"
#include "tests/unit/peering/far_guild.h"
#include "tests/unit/peering/mover.h"

#include <algorithm>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

using Result = protocol::Result<services::Reposted>;

/// alice's and adam's node hosts, has written what nobody else knows, and is away; the second has
/// taken over.
struct Returned : FarGuild {
    Returned() : FarGuild(3) {
        adam = world[0].add_user("adam");
        join(0, adam);
        set_heir(1);
        say(0, people[0], "all know this");
        REQUIRE(comes(1, people[1], "all know this"));
        REQUIRE(comes(2, people[2], "all know this"));
        alices = paper_of(world, 0, people[0]);
        world.net.partition(world[0].ip(), world[1].ip());
        world.net.partition(world[0].ip(), world[2].ip());
        say(0, adam, "nobody knows this");
        // Nor the control log, which brings what happened meanwhile to a copy that goes on.
        world[0].ok(Method::post,
                    guild_path() + "/channels",
                    people[0],
                    {{"name", "unknown"}, {"type", 0}});
        world[0].crash();
        world.net.heal();
        REQUIRE(until_host(1, 2));
        say(1, people[1], "the new host goes on");
    }

    void set_heir(std::size_t node) {
        const json::array heirs{json::string(federation::to_hex(world[node].uid()))};
        const Answer set = world[0].call(Method::patch,
                                         guild_path() + "/hosting",
                                         people[0],
                                         {{"successors", heirs}, {"takeover_delay", 60}});
        INFO(set.body << world.logs());
        REQUIRE(set.status == 200);
    }
    void say(std::size_t node, const Person& who, const std::string& text) {
        world[node].ok(Method::post, messages(), who, {{"content", text}});
    }
    bool shows(std::size_t node, const Person& to, const std::string& text) {
        const Answer got = world[node].call(Method::get, messages(), to);
        return got.status == 200 && got.body.find(text) != std::string::npos;
    }
    bool comes(std::size_t node,
               const Person& to,
               const std::string& text,
               base::Nanos limit = 2min) {
        return world.run_until([&] { return shows(node, to, text); }, limit);
    }
    bool until_host(std::size_t node, std::size_t said_by, base::Nanos limit = 10min) {
        return world.run_until(
            [&] {
                const auto* state = world[said_by].guild(guild);
                return state && state->hosting.hostUid == world[node].uid().text();
            },
            limit);
    }
    /// By the owner, at his node's copy.
    void hand_over(std::size_t node) {
        set_heir(node);
        world.advance(3s);
        const Answer moved = world[0].call(Method::post,
                                           guild_path() + "/hosting/transfer",
                                           people[0],
                                           {{"node", federation::to_hex(world[node].uid())}});
        INFO(moved.body << world.logs());
        REQUIRE(moved.status == 204);
    }
    template <class Look>
    void look(Look look) {
        const auto work = [&](store::Tx& tx) -> protocol::Status { return look(tx); };
        REQUIRE(store::read_and_wait(*world[0].db, work));
    }
    std::size_t certificates() {
        std::size_t count = 0;
        look([&](store::Tx& tx) -> protocol::Status {
            TRY(const auto rows, store::hosting::certificates_above(tx, guild, -1));
            count = rows.size();
            return {};
        });
        return count;
    }

    Person adam;
    services::Recovery::Paper alices;
};

/// Stops the node as soon as its copy is dropped.
class StopAtDrop final : public journal::Subscriber {
  public:
    void begin(FedNode& node) {
        node_ = &node;
        node.core().bus.subscribe(0, *this);
    }
    void on_guild(const journal::GuildChange& change) override {
        if (change.kind == journal::GuildChange::Kind::dropped) node_->crash_after(1);
    }

  private:
    FedNode* node_ = nullptr;
};

/// What the first node holds when its new copy begins.
class CertificatesAtStart final : public journal::Subscriber {
  public:
    void begin(Returned& world) {
        world_ = &world;
        world.world[0].core().bus.subscribe(0, *this);
    }
    void on_guild(const journal::GuildChange& change) override {
        if (change.kind == journal::GuildChange::Kind::placed) count = world_->certificates();
    }

    std::optional<std::size_t> count;

  private:
    Returned* world_ = nullptr;
};

/// The certificates are good for what follows: the next change of host is taken, too.
void follows_the_next(Returned& r) {
    r.hand_over(2);
    const bool followed = r.until_host(2, 0, 2min);
    INFO(r.world.logs());
    REQUIRE(followed);
    CHECK(r.certificates() == 2);
}

}  // namespace

TEST_CASE("a copy that is taken anew after a stop has the certificates of the copy before") {
    // Outlives the node, whose bus has it.
    StopAtDrop stop;
    CertificatesAtStart held;
    Returned r;
    r.world[0].start();
    stop.begin(r.world[0]);
    REQUIRE(r.world.run_until([&] { return !r.world[0].is_up(); }, 10min));
    r.look([&](store::Tx& tx) -> protocol::Status {
        TRY(const auto found, store::renewals::all(tx));
        REQUIRE(found.rows.size() == 1);
        CHECK(found.rows.front().certificates.size() == 1);
        return {};
    });
    r.world[0].start();
    held.begin(r);
    const bool back = r.comes(0, r.adam, "the new host goes on", 5min);
    INFO(r.world.logs());
    REQUIRE(back);
    CHECK(held.count.value_or(0) == 1);
    follows_the_next(r);
}

TEST_CASE("a copy that lost its certificates is told of all of them by the host that it follows") {
    Returned r;
    r.world[0].start();
    REQUIRE(r.comes(0, r.adam, "the new host goes on", 5min));
    // Who voted then may not vote any more.
    r.set_heir(2);
    r.world.advance(3s);
    r.world[0].crash();
    const auto lose = [&](store::Tx& tx) -> protocol::Status {
        return tx.run("DELETE FROM certificates WHERE guild = $1", r.guild);
    };
    REQUIRE(store::write_and_wait(*r.world[0].db, lose));
    r.world[0].start();
    const bool told = r.world.run_until([&] { return r.certificates() == 1; }, 2min);
    INFO(r.world.logs());
    REQUIRE(told);
    follows_the_next(r);
}

TEST_CASE("a host that returns hears at once which of its users moved, and blames nobody") {
    Returned r;
    const Person moved = move_with(r.world, r.alices, r.people[0], 2);
    const auto lives_there = [&] {
        const auto* state = r.world[1].guild(r.guild);
        const auto* member = state ? state->members.find(moved.id) : nullptr;
        return member && protocol::home_of(*state, *member) == r.world[2].uid().text();
    };
    REQUIRE(r.world.run_until(lives_there, 5min));
    // The host tells of the move, not the new home.
    r.world.net.partition(r.world[0].ip(), r.world[2].ip());
    r.world[0].start();
    REQUIRE(r.until_host(1, 0));
    const bool came = r.comes(0, r.adam, "the new host goes on", 5s);
    INFO(r.world.logs());
    CHECK(came);
    CHECK_FALSE(r.world[0].log.contains("broke the rules"));
    CHECK_FALSE(r.shows(0, r.adam, "nobody knows this"));
    const auto* user = r.world[0].view().user(moved.id);
    REQUIRE(user);
    CHECK((*user)->home_uid == r.world[2].uid().text());
}

TEST_CASE("what was salvaged is said again while the copy is taken anew") {
    Returned r;
    r.world.net.partition(r.world[0].ip(), r.world[1].ip());
    r.world.net.partition(r.world[0].ip(), r.world[2].ip());
    r.world[0].start();
    services::Salvaged lost;
    const auto list = r.world[0].ok(Method::get, r.messages(), r.adam);
    const auto id = text_of(list.as_array().front(), "id");
    lost.channel = r.general;
    lost.id = *protocol::parse_id<protocol::MessageId>(id);
    lost.author = r.adam.id;
    lost.content = text_of(list.as_array().front(), "content");
    REQUIRE(lost.content == "nobody knows this");
    auto out = std::make_shared<std::optional<Result>>();
    const auto work = [](app::Core& core,
                         GuildId guild,
                         services::Salvaged message,
                         auto to) -> base::Task<void> {
        auto& succession = core.peering->succession();
        to->emplace(co_await succession.repost(core.shards.at(0), guild, std::move(message)));
    };
    app::Core& core = r.world[0].core();
    // It waits while the old host does not know yet that it is none any more.
    core.shards.at(0).spawn("test", work(core, r.guild, lost, out));
    r.world.advance(1s);
    r.world.net.heal();
    REQUIRE(r.world.run_until([&] { return out->has_value(); }));
    INFO((**out ? "" : (*out)->error().message) << r.world.logs());
    REQUIRE(**out);
    CHECK(***out == services::Reposted::posted);
    CHECK(r.comes(1, r.people[1], "nobody knows this"));
}
