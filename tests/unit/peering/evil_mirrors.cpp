// Row 11 of the threats: a mirror that gives other mirrors a past that is not the host's. Who asked
// does not believe it, asks another, and counts what was done to it.
#include "federation/range_proof.h"
#include "tests/catch.h"
#include "tests/unit/peering/evil_guest.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

enum class Lie { none, changed_body, reordered, gap, cut_front, no_proof, other_log, silence };

std::string join(FedNode& node, EvilGuest& s, const Person& who) {
    return node
        .call(EvilGuest::Method::post,
              "/api/v10/invites/" + s.code + "@a.example",
              who,
              json::object{})
        .body;
}

/// What the host's log has, read from its disk before it dies.
std::vector<store::entries::EntryRow> rows_of(EvilGuest& s) {
    std::vector<store::entries::EntryRow> out;
    const std::uint64_t id = std::stoull(s.channel);
    const auto done = store::read_and_wait(*s.host().db, [&](store::Tx& tx) -> protocol::Status {
        const auto key = store::log_key(s.guild, id);
        TRY(out, store::entries::range(tx, key, id, 0, 1000));
        return {};
    });
    REQUIRE(done);
    return out;
}

f::Range answer_with(const std::vector<store::entries::EntryRow>& rows,
                     const f::frames::RangeGet& get,
                     Lie lie) {
    f::Range out;
    out.guildUid = get.guildUid;
    out.logId = get.logId;
    out.from = get.from;
    out.headSize = get.headSize;
    for (std::uint64_t i = get.from; i < get.to; ++i)
        out.entries.push_back({f::encode(rows[i].header), rows[i].body, rows[i].command});
    const std::function<protocol::Result<f::Hash32>(std::uint32_t, std::uint64_t)> subtree =
        [&](std::uint32_t level, std::uint64_t index) -> protocol::Result<f::Hash32> {
        if (level == 0) return f::leaf_hash(rows.at(index).header);
        TRY(const auto left, subtree(level - 1, 2 * index));
        TRY(const auto right, subtree(level - 1, 2 * index + 1));
        return f::node_hash(left, right);
    };
    const auto proof = f::range_proof(get.from, get.to, get.headSize, subtree).value();
    out.left = proof.left;
    out.right = proof.right;
    if (lie == Lie::changed_body) out.entries.front().body[18] ^= 1;
    if (lie == Lie::reordered) std::swap(out.entries.front(), out.entries.back());
    if (lie == Lie::gap) out.entries.erase(out.entries.begin() + 1);
    if (lie == Lie::cut_front) out.entries.erase(out.entries.begin());
    if (lie == Lie::no_proof) out.left.clear(), out.right.clear();
    if (lie == Lie::other_log) out.logId += 1;
    return out;
}

}  // namespace

TEST_CASE("row 11: a mirror's forged, reordered or gapped range is refused, and another is asked") {
    for (const Lie lie : {Lie::none,
                          Lie::changed_body,
                          Lie::reordered,
                          Lie::gap,
                          Lie::cut_front,
                          Lie::no_proof,
                          Lie::other_log,
                          Lie::silence}) {
        EvilGuest s(3);
        s.join();
        FedNode &late = s.world[1], &honest = s.world[2];
        const Person carol = honest.add_user("carol"), bob = late.add_user("bob");
        join(honest, s, carol);
        REQUIRE(s.world.run_until([&] { return honest.guild(s.guild) != nullptr; }, 30s));
        for (int i = 0; i < 120; ++i) {
            s.host().ok(EvilGuest::Method::post,
                        "/api/v10/channels/" + s.channel + "/messages",
                        s.owner,
                        {{"content", "m" + std::to_string(i)}});
        }
        s.world.advance(5s);
        join(late, s, bob);
        REQUIRE(s.world.run_until([&] { return late.guild(s.guild) != nullptr; }, 30s));
        s.world.advance(10s);
        const auto rows = rows_of(s);
        s.host().crash();
        s.evil.hang_up();
        s.world.advance(1s);
        int asked = 0;
        s.evil.react = [&](const f::Frame& frame) {
            const auto* get = std::get_if<f::frames::RangeGet>(&frame.body);
            if (!get || std::to_string(get->logId) != s.channel || get->to > rows.size()) return;
            ++asked;
            if (lie != Lie::silence) s.evil.send(answer_with(rows, *get, lie), frame.id);
        };
        s.evil.open(late);
        const auto all = [&] {
            const auto list = late.call(EvilGuest::Method::get,
                                        "/api/v10/channels/" + s.channel + "/messages?limit=100",
                                        bob);
            if (list.status != 200) return false;
            const auto messages = protocol::parse_json(list.body).value();
            if (messages.as_array().size() < 100) return false;
            const std::string oldest(messages.as_array().back().at("id").as_string());
            const auto more =
                late.call(EvilGuest::Method::get,
                          "/api/v10/channels/" + s.channel + "/messages?limit=100&before=" + oldest,
                          bob);
            return more.body.find("\"m0\"") != std::string::npos;
        };
        const bool came = s.world.run_until(all, 5min);
        INFO("lie " << static_cast<int>(lie) << ", asked " << asked << "\n" << s.world.logs());
        CHECK(came);
        CHECK(asked > 0);
        CHECK(late.view().role(s.guild) == journal::GuildRole::mirrored);
        const auto peer = late.core().peering->peers().find(s.evil.uid());
        const bool struck = lie != Lie::none && lie != Lie::silence;
        CHECK((peer && peer->policy().strikes() > 0) == struck);
    }
}
