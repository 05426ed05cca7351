// Epochs that a host gave itself when it went back to a backup, and had lost its place: they are
// above the one that holds, and nobody stays there who heard of them.
#include "node/peering/peering.h"
#include "node/store/wait.h"
#include "tests/catch.h"
#include "tests/unit/peering/far_guild.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

/// The second node has taken over from the first, and the third has not heard of it. The first came
/// back from a backup, and is down again.
struct Returned : FarGuild {
    explicit Returned(std::size_t away = 0) : FarGuild(3, away) {
        const json::array heirs{json::string(federation::to_hex(world[1].uid()))};
        world[0].ok(Method::patch,
                    guild_path() + "/hosting",
                    people[0],
                    {{"successors", heirs}, {"takeover_delay", 60}});
        world[0].ok(Method::post, messages(), people[0], {{"content", "before"}});
        REQUIRE(comes(1, "before"));
    }
    void take_over() {
        cut(0, 2);
        cut(1, 2);
        world[0].crash();
        REQUIRE(until_epoch(1, [](std::uint64_t epoch) { return epoch == 1; }));
        REQUIRE(store::write_and_wait(*world[0].db, [](store::Tx& tx) {
            return tx.run("UPDATE hosting SET epoch = epoch + 4 WHERE role = 0");
        }));
        cut(0, 1);
        world[0].start();
        REQUIRE(until_epoch(0, [](std::uint64_t epoch) { return epoch > 1; }));
        own_words = world[0].core().peering->succession().certificates_above(guild, 0);
        REQUIRE(own_words.size() == 1);
        world[0].crash();
    }
    void cut(std::size_t a, std::size_t b) {
        world.net.partition(world[a].ip(), world[b].ip());
        world.net.cut(world[a].ip(), world[b].ip());
    }
    template <class Fits>
    bool until_epoch(std::size_t node, Fits fits) {
        return world.run_until(
            [&] {
                const auto* seat = world[node].core().peering->succession().seat_of(guild);
                return seat && fits(seat->epoch);
            },
            10min);
    }
    /// The third hears what the first says of itself, and nothing else.
    void tell_third() {
        world[2].core().peering->succession().learn(guild, own_words, nullptr);
        REQUIRE(until_epoch(2, [](std::uint64_t epoch) { return epoch > 1; }));
        world.advance(5s);
    }

    std::vector<std::string> own_words;
};

}  // namespace

TEST_CASE("a mirror that heard of a void epoch follows the host of a lower one") {
    Returned r;
    r.take_over();
    r.tell_third();
    r.world.net.heal();
    r.world[1].ok(Method::post, r.messages(), r.people[1], {{"content", "it goes on"}});
    const bool came = r.comes(2, "it goes on", 5min);
    INFO(r.world.logs());
    REQUIRE(came);
    CHECK(r.until_epoch(2, [](std::uint64_t epoch) { return epoch == 1; }));
    CHECK(r.say(2, "me too").status == 200);
}
