// The numbers of a node's commands, as hosts take them.
#include "node/peering/commands/origin_numbers.h"

#include "node/store/wait.h"
#include "tests/catch.h"
#include "tests/unit/peering/far_guild.h"

#include <algorithm>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

TEST_CASE("commands that are a node's first, and many at once, have numbers next to each other") {
    FarGuild s;
    FedNode& home = s.world[1];
    REQUIRE(s.say(1, "the first of all").status == 200);
    // The numbers that were reserved for it go with the process.
    home.crash();
    const auto reserved = [&] {
        std::uint64_t next = 0;
        REQUIRE(store::read_and_wait(*home.db, [&](store::Tx& tx) {
            return tx.each("SELECT next FROM origin_counters", [&](const store::Row& row) {
                next = static_cast<std::uint64_t>(row.int64(0));
            });
        }));
        return next;
    };
    const std::uint64_t before = reserved();
    home.start();
    s.world.advance(2s);
    std::vector<std::shared_ptr<PendingCall>> calls;
    for (int i = 0; i < 12; ++i) {
        const std::string text = "m" + std::to_string(i);
        calls.push_back(home.begin(Method::post, s.messages(), s.people[1], {{"content", text}}));
    }
    const bool answered = s.soon(
        [&] { return std::ranges::all_of(calls, [](const auto& c) { return !!c->answer; }); });
    REQUIRE(answered);
    for (const auto& call : calls) {
        INFO(call->answer->body);
        CHECK(call->answer->status == 200);
    }
    CHECK(s.read(0).size() == 13);
    // One block for all of them: further apart, the lower ones would be below the host's window.
    CHECK(reserved() == before + peering::OriginNumbers::kBlock);
}
