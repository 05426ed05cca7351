// What a mirror gives to others of the guilds that it follows: ranges of what it holds, to who may
// have them. And what two mirrors tell each other about their host.
#include "federation/range_proof.h"
#include "node/peering/host/log_reading.h"
#include "tests/catch.h"
#include "tests/unit/peering/hosted.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using base::http::Method;
using f::ProblemCode;
using protocol::ChannelId;

namespace {

/// Somebody of the second node in the guild of the first, by an invite.
void join_from_second(Hosted& hall, ChannelId channel) {
    FedNode& home = hall.world[1];
    const Person bob = home.add_user("bob");
    const auto invite = hall.node().ok(Method::post,
                                       "/api/v10/channels/" + channel.str() + "/invites",
                                       hall.owner,
                                       boost::json::object());
    const std::string code(invite.as_object().at("code").as_string());
    const std::string target = "/api/v10/invites/" + code + "@" + hall.node().ip().str() + ":8447";
    const auto joined = home.call(Method::post, target, bob, boost::json::object());
    INFO(joined.body << hall.world.logs());
    REQUIRE(joined.status == 200);
}

std::uint64_t held_to(FedNode& node, const peering::LogRef& log) {
    std::uint64_t size = 0;
    store::WriteJob job;
    job.run = [&](store::Tx& tx) -> store::Status {
        const std::uint64_t id = log.log_id;
        TRY(const auto places, peering::read_places(tx, log.guild, {&id, 1}));
        size = places.front().size;
        return {};
    };
    job.done = [](const store::Status&) {};
    node.db->write(std::move(job));
    return size;
}

/// The root that the host's log had at a size.
f::Hash32 root_at(FedNode& host, const peering::LogRef& log, std::uint64_t size) {
    f::Hash32 root{};
    store::WriteJob job;
    job.run = [&](store::Tx& tx) -> store::Status {
        peering::Subtrees made;
        TRY(root, peering::read_root(tx, log, size, made));
        return {};
    };
    job.done = [](const store::Status&) {};
    host.db->write(std::move(job));
    return root;
}

}  // namespace

TEST_CASE("a mirror gives ranges of what it holds, with proofs under any head") {
    Hosted hall(2);
    const ChannelId open = hall.channel("open"), hidden = hall.channel("hidden", true);
    hall.post(open, 700);
    hall.post(hidden, 3);
    EvilPeer peer(hall.world, "m.example", 7), stranger(hall.world, "n.example", 8);
    hall.join_signed(peer, 21);
    peer.hang_up();
    join_from_second(hall, open);
    hall.post(open, 60);
    const peering::LogRef log{hall.guild, open.value};
    const std::uint64_t size = hall.size_of(open.value);
    REQUIRE(hall.world.run_until([&] { return held_to(hall.world[1], log) == size; }, 15s));
    peer.open(hall.world[1]);
    stranger.open(hall.world[1]);

    const auto proves = [&](std::uint64_t from, std::uint64_t to, std::uint64_t head) {
        const auto answer = peer.ask(frames::RangeGet{hall.uid(), open.value, from, to, head});
        const auto* range = answer ? std::get_if<f::Range>(&*answer) : nullptr;
        if (!range || range->entries.size() != to - from) return false;
        std::vector<f::Hash32> leaves;
        for (const f::Entry& entry : range->entries) leaves.push_back(f::leaf_hash(entry.header));
        const f::Hash32 root = root_at(hall.node(), log, head);
        return f::verify_range(from, head, leaves, {range->left, range->right}, root);
    };
    // It joined with the newest page: below that is a hole, and what a frontier says about it.
    CHECK(proves(size - 60, size, size));
    CHECK(proves(size - 100, size - 50, size));
    CHECK(proves(size - 1, size, size));
    CHECK(proves(size - 40, size - 20, size - 15));
    CHECK(proves(size - 100, size - 99, size - 64));
    CHECK_FALSE(proves(300, 400, size));
    CHECK(peer.refusal(frames::RangeGet{hall.uid(), open.value, 300, 400, size}) ==
          ProblemCode::not_found);
    CHECK(peer.refusal(frames::RangeGet{hall.uid(), hidden.value, 0, 1, 3}) ==
          ProblemCode::not_found);
    CHECK(stranger.refusal(frames::RangeGet{hall.uid(), open.value, size - 60, size - 59, size}) ==
          ProblemCode::not_found);
    // It speaks for its own guilds alone.
    CHECK(peer.refusal(frames::SnapshotGet{hall.uid()}) == ProblemCode::not_host);
    frames::Subscribe ask;
    ask.guildUid = hall.uid();
    CHECK(peer.refusal(ask) == ProblemCode::not_host);
    CHECK(stranger.refusal(ask) == ProblemCode::not_found);
}

TEST_CASE("a mirror tells others of a guild what its host said last") {
    Hosted hall(2);
    const ChannelId open = hall.channel("open");
    EvilPeer peer(hall.world, "m.example", 7), stranger(hall.world, "n.example", 8);
    hall.join_signed(peer, 21);
    peer.hang_up();
    join_from_second(hall, open);
    hall.world.advance(10s);
    peer.open(hall.world[1]);
    stranger.open(hall.world[1]);
    hall.post(open);
    hall.world.advance(10s);
    const auto told = peer.all<frames::Heads>();
    REQUIRE_FALSE(told.empty());
    bool is_there = false;
    for (const frames::Heads& frame : told) {
        for (const std::string& bytes : frame.heads) {
            const auto head = f::decode_signed_head(f::ByteView(bytes));
            REQUIRE(head);
            CHECK(f::verify(*head, hall.host_key()));
            is_there = is_there || (head->head.log_id == open.value &&
                                    head->head.size == hall.size_of(open.value));
        }
    }
    CHECK(is_there);
    CHECK(stranger.all<frames::Heads>().empty());
}
