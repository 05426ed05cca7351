// What links cost on which nothing happens: a node that has many of them pays for each what one
// costs, and that is little.
#include "tests/catch.h"
#include "tests/unit/peering/hosted.h"

#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

constexpr std::uint8_t kPeers = 100;

/// A guild that a hundred peers have members in, link to and follow.
struct Crowd : Hosted {
    Crowd() {
        channel("open");
        for (std::uint8_t number = 1; number <= kPeers; ++number) {
            peers.push_back(
                std::make_unique<EvilPeer>(world, "p" + std::to_string(number), number));
            join(*peers.back(), number);
        }
        const std::uint64_t size = size_of(f::kControlLog);
        for (const auto& peer : peers) {
            // From one place no more than ten a minute.
            world.advance(7s);
            peer->open(node());
            Copy copy(*this, *peer);
            REQUIRE(copy.subscribe());
            REQUIRE(copy.reaches(f::kControlLog, size));
        }
    }
    /// Both ways, of each peer so far.
    std::map<std::string, std::uint64_t> bytes() {
        std::map<std::string, std::uint64_t> out;
        std::istringstream lines(node().core().metrics.text());
        for (std::string line; std::getline(lines, line);) {
            if (!line.starts_with("guildhall_link_bytes_in_total{") &&
                !line.starts_with("guildhall_link_bytes_out_total{"))
                continue;
            const auto label = line.find('{'), end = line.rfind(' ');
            out[line.substr(label, end - label)] += std::stoull(line.substr(end + 1));
        }
        return out;
    }

    std::vector<std::unique_ptr<EvilPeer>> peers;
};

}  // namespace

TEST_CASE("a hundred idle peers cost at most 1 KiB a minute each, both ways") {
    Crowd crowd;
    constexpr std::uint64_t kMinutes = 10;
    // What the last one had to be told is told.
    crowd.world.advance(10s);
    const auto before = crowd.bytes();
    crowd.world.advance(kMinutes * 1min);
    const auto after = crowd.bytes();
    for (const auto& peer : crowd.peers) CHECK(peer->is_open());
    std::size_t counted = 0;
    for (const auto& [peer, bytes] : after) {
        const std::uint64_t idle = bytes - before.at(peer);
        // The row of all for whom there is none.
        if (bytes == 0) continue;
        ++counted;
        INFO(peer << " in a minute: " << idle / kMinutes);
        // They do say that they live, and the host how far it is.
        CHECK(idle > kMinutes * 128);
        CHECK(idle <= kMinutes * 1024);
    }
    CHECK(counted == kPeers);
}
