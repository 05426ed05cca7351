// Acting in a guild of another node, between whole nodes: every kind of call, repeated commands,
// and what a host refuses.
#include "federation/command.h"
#include "federation/merkle.h"
#include "node/store/schema/schema.h"
#include "node/store/tables/entries.h"
#include "node/store/wait.h"
#include "tests/unit/peering/joined.h"

#include <algorithm>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using base::http::Method;

namespace {

namespace f = federation;

}  // namespace

TEST_CASE("messages go both ways, and the answer is there when it is given") {
    Joined s;
    REQUIRE(s.joined->status == 200);
    const Answer said = s.say(s.home(), s.bob, "hello from afar");
    INFO(said.body << s.world.logs());
    REQUIRE(said.status == 200);
    CHECK(s.read(s.home(), s.bob).front() == "hello from afar");
    CHECK(s.read(s.host(), s.alice).front() == "hello from afar");
    REQUIRE(s.say(s.host(), s.alice, "hello back").status == 200);
    CHECK(s.comes(s.home(), s.bob, "hello back"));
    // Edits, reactions, deletions.
    const std::string one = s.messages() + "/" + text_of(said.json(), "id");
    CHECK(s.home().call(Method::patch, one, s.bob, {{"content", "changed"}}).status == 200);
    CHECK(s.read(s.host(), s.alice).at(1) == "changed");
    CHECK(s.home().call(Method::put, one + "/reactions/%F0%9F%91%8D/@me", s.bob).status == 204);
    CHECK(s.host().ok(Method::get, one, s.alice).as_object().contains("reactions"));
    CHECK(s.home().call(Method::del, one, s.bob).status == 204);
    CHECK(s.read(s.host(), s.alice) == std::vector<std::string>{"hello back"});
    CHECK(s.read(s.home(), s.bob) == std::vector<std::string>{"hello back"});
}

TEST_CASE("a nonce comes back to who sent it") {
    Joined s;
    const Answer said =
        s.home().call(Method::post, s.messages(), s.bob, {{"content", "x"}, {"nonce", "n1"}});
    REQUIRE(said.status == 200);
    CHECK(text_of(said.json(), "nonce") == "n1");
}

TEST_CASE("sessions at home are told the nonce, and what a reply answers") {
    Joined s;
    Client& client = s.home().connect(s.bob);
    const Answer first =
        s.home().call(Method::post, s.messages(), s.bob, {{"content", "one"}, {"nonce", "n1"}});
    REQUIRE(first.status == 200);
    s.host().ok(
        Method::post,
        s.messages(),
        s.alice,
        {{"content", "two"}, {"message_reference", {{"message_id", text_of(first.json(), "id")}}}});
    const auto told = [&](const std::string& content) -> std::optional<json::object> {
        for (const auto& frame : client.frames()) {
            if (frame.at("t") == text("MESSAGE_CREATE") &&
                text_of(frame.at("d"), "content") == content)
                return frame.at("d").as_object();
        }
        return std::nullopt;
    };
    REQUIRE(s.soon([&] { return told("two").has_value(); }));
    CHECK(text_of(*told("one"), "nonce") == "n1");
    CHECK(text_of(told("two")->at("referenced_message"), "content") == "one");
}

TEST_CASE("what a member may not do at the host is refused with the API's words") {
    Joined s;
    const Answer refused =
        s.home().call(Method::post, s.guild_path() + "/roles", s.bob, {{"name", "boss"}});
    CHECK(refused.status == 403);
    CHECK(refused.code() == protocol::kMissingPermissions);
    CHECK(s.home().call(Method::get, s.guild_path() + "/bans", s.bob).code() ==
          protocol::kMissingPermissions);
    CHECK(
        s.home().call(Method::del, s.guild_path() + "/members/" + s.alice.id.str(), s.bob).code() ==
        protocol::kMissingPermissions);
}

TEST_CASE("a member with rights moderates from another node") {
    Joined s;
    s.make_admin(s.bob);
    const Person carol = s.host().add_user("carol");
    REQUIRE(s.soon([&] {
        const auto* state = s.home().guild(s.guild);
        return !state->members.find(s.bob.id)->roles.empty();
    }));
    const auto invite = s.host().ok(
        Method::post, "/api/v10/channels/" + s.general.str() + "/invites", s.alice, json::object());
    s.host().ok(Method::post, "/api/v10/invites/" + text_of(invite, "code"), carol, json::object());
    REQUIRE(s.say(s.host(), carol, "spam").status == 200);
    // A ban with deletion is several decisions of one command.
    const Answer banned = s.home().call(Method::put,
                                        s.guild_path() + "/bans/" + carol.id.str(),
                                        s.bob,
                                        {{"delete_message_seconds", 3600}});
    INFO(banned.body << s.world.logs());
    CHECK(banned.status == 204);
    CHECK(s.read(s.host(), s.alice).empty());
    CHECK(s.home().guild(s.guild)->members.find(carol.id) == nullptr);
    CHECK(s.read(s.home(), s.bob).empty());
    const auto bans = s.home().ok(Method::get, s.guild_path() + "/bans", s.bob);
    CHECK(bans.as_array().size() == 1);
    const Answer made = s.home().call(
        Method::post, s.guild_path() + "/channels", s.bob, {{"name", "new"}, {"type", 0}});
    CHECK(made.status == 201);
    const auto& state = *s.home().guild(s.guild);
    CHECK(state.channels.find(*protocol::parse_id<ChannelId>(text_of(made.json(), "id"))));
    CHECK(s.home().core().peering->mirrors().find(s.guild)->state() == peering::MirrorState::live);
}

TEST_CASE("commands that begin at once have numbers of one block") {
    Joined j;
    std::int64_t before = 0;
    std::int64_t after = 0;
    const auto next = [&](std::int64_t& to) {
        REQUIRE(store::read_and_wait(*j.home().db, [&](store::Tx& tx) -> protocol::Status {
            TRY(const auto found,
                tx.first(
                    "SELECT next FROM origin_counters WHERE guild = $1",
                    [](const store::Row& row) { return row.int64(0); },
                    j.guild));
            to = found.value_or(0);
            return {};
        }));
    };
    next(before);
    j.home().crash();
    j.world.advance(10s);
    const std::int64_t started = j.world.clock.unix_ms() + 1000;
    j.home().start();
    REQUIRE(j.world.run_until([&] { return j.world.clock.unix_ms() >= started; }));
    std::vector<std::shared_ptr<PendingCall>> calls;
    for (int i = 0; i < 8; ++i)
        calls.push_back(
            j.home().begin(Method::post, j.messages(), j.bob, {{"content", std::to_string(i)}}));
    REQUIRE(j.world.run_until([&] {
        return std::ranges::all_of(calls, [](const auto& c) { return c->answer.has_value(); });
    }));
    next(after);
    // The host tells apart 4,096 numbers at a time.
    CHECK(after - (after < started ? before : started) < 4096);
    for (const auto& call : calls) CHECK(call->answer->status == 200);
}

TEST_CASE("a home that comes from a backup repeats no number") {
    Joined j;
    REQUIRE(j.say(j.home(), j.bob, "before the backup").status == 200);
    const std::string backup = j.home().db->image();
    j.home().crash();
    j.home().start();
    for (const char* text : {"one", "two"})
        REQUIRE(j.world.run_until([&] { return j.say(j.home(), j.bob, text).status == 200; }));
    j.home().crash();
    j.world.advance(5min);
    j.home().db = store::InlineSqliteDb::open(store::schema::migrations(), backup).value();
    j.home().start();
    const bool said =
        j.world.run_until([&] { return j.say(j.home(), j.bob, "three").status == 200; });
    INFO(j.world.logs());
    CHECK(said);
    CHECK_FALSE(j.host().log.contains("broke the rules"));
}

TEST_CASE("what was made before a crash is answered after it") {
    Joined s;
    s.make_admin(s.bob);
    REQUIRE(
        s.soon([&] { return !s.home().guild(s.guild)->members.find(s.bob.id)->roles.empty(); }));
    for (std::uint64_t after = 1; after <= 60; ++after) {
        const std::string name = "c" + std::to_string(after);
        s.host().crash_after(after);
        auto call = s.home().begin(
            Method::post, s.guild_path() + "/channels", s.bob, {{"name", name}, {"type", 0}});
        s.world.advance(200ms);
        s.host().crash_after(0);
        if (!s.host().is_up()) s.host().start();
        REQUIRE(s.world.run_until([&] { return call->answer.has_value(); }));
        std::size_t made = 0;
        s.host().guild(s.guild)->channels.for_each([&](ChannelId, const protocol::Channel& c) {
            made += c.name == name;
            return true;
        });
        INFO(after << " " << call->answer->status << " " << call->answer->body);
        CHECK(made == (call->answer->status == 201 || call->answer->status == 200));
        if (made == 1) CHECK(text_of(call->answer->json(), "name") == name);
    }
}

TEST_CASE("two edits of which the first is gone when a mirror comes back are no forgery") {
    Joined s(3);
    const Person carol = s.world[2].add_user("carol");
    REQUIRE(s.join(s.world[2], carol).status == 200);
    const auto said = json::parse(s.say(s.home(), s.bob, "first").body);
    REQUIRE(s.comes(s.world[2], carol, "first"));
    const std::string message = s.messages() + "/" + text_of(said.as_object(), "id");
    s.world.net.partition(s.host().ip(), s.world[2].ip());
    const json::object title{{"title", "a title"}};
    s.home().ok(Method::patch, message, s.bob, {{"embeds", json::array{title}}});
    s.home().ok(Method::patch, message, s.bob, {{"content", "second"}});
    if (GENERATE(false, true)) {
        // By another than the author, who changes flags alone.
        s.host().ok(Method::patch, message, s.alice, {{"flags", 4}});
    }
    s.world.net.heal();
    const bool came = s.comes(s.world[2], carol, "second");
    INFO(s.world.logs());
    CHECK(came);
    CHECK(s.world[2].view().role(s.guild) == journal::GuildRole::mirrored);
}

TEST_CASE("who leaves is gone on both nodes") {
    Joined s;
    CHECK(s.home().call(Method::del, "/api/v10/users/@me/guilds/" + s.guild.str(), s.bob).status ==
          204);
    CHECK(s.host().guild(s.guild)->members.find(s.bob.id) == nullptr);
    CHECK(s.soon([&] { return s.home().guild(s.guild) == nullptr; }));
    CHECK(s.home().call(Method::get, s.messages(), s.bob).status == 404);
    // And may come back.
    const Answer again = s.join(s.home(), s.bob);
    INFO(again.body << s.world.logs());
    CHECK(again.status == 200);
    CHECK(s.say(s.home(), s.bob, "back").status == 200);
}

TEST_CASE("a second user of a node comes into a guild that is mirrored already") {
    Joined s;
    const Person dora = s.home().add_user("dora");
    const auto before = s.world.clock.now();
    const Answer in = s.join(s.home(), dora);
    INFO(in.body << s.world.logs());
    REQUIRE(in.status == 200);
    CHECK(s.world.clock.now() - before < 1s);
    CHECK(s.home().guild(s.guild)->members.find(dora.id) != nullptr);
    CHECK(s.say(s.home(), dora, "me too").status == 200);
    // Nobody waits for the entries of logs that this node does not follow.
    const auto then = s.world.clock.now();
    CHECK(s.home()
              .call(Method::post,
                    "/api/v10/channels/" + s.general.str() + "/invites",
                    dora,
                    json::object())
              .status == 200);
    CHECK(s.world.clock.now() - then < 1s);
}

TEST_CASE("a banned node's members go, and it gets nothing more") {
    Joined s;
    const std::string ban = s.guild_path() + "/node-bans/" + f::to_hex(s.home().uid());
    CHECK(s.home().call(Method::put, ban, s.bob).code() == protocol::kMissingPermissions);
    s.host().ok(Method::put, ban, s.alice);
    CHECK(s.host().guild(s.guild)->members.find(s.bob.id) == nullptr);
    CHECK(s.soon([&] { return s.home().guild(s.guild) == nullptr; }));
    CHECK(s.host().ok(Method::get, s.guild_path() + "/node-bans", s.alice).as_array().size() == 1);
    CHECK(s.join(s.home(), s.bob).status >= 400);
    s.host().ok(Method::del, ban, s.alice);
    const Answer back = s.join(s.home(), s.bob);
    INFO(back.body << s.world.logs());
    CHECK(back.status == 200);
}

TEST_CASE("a changed name is told to the nodes that share a guild") {
    Joined s;
    s.home().ok(Method::patch, "/api/v10/users/@me", s.bob, {{"global_name", "Bobby"}});
    CHECK(s.soon([&] { return (*s.host().view().user(s.bob.id))->global_name == "Bobby"; }));
    REQUIRE(s.soon([&] { return s.home().view().user(s.alice.id) != nullptr; }));
    s.host().ok(Method::patch, "/api/v10/users/@me", s.alice, {{"global_name", "Al"}});
    CHECK(s.soon([&] { return (*s.home().view().user(s.alice.id))->global_name == "Al"; }));
}

TEST_CASE("three nodes see one order") {
    Joined s(3);
    const Person carol = s.world[2].add_user("carol");
    REQUIRE(s.join(s.world[2], carol).status == 200);
    for (int i = 0; i < 5; ++i) {
        REQUIRE(s.say(s.home(), s.bob, "b" + std::to_string(i)).status == 200);
        REQUIRE(s.say(s.world[2], carol, "c" + std::to_string(i)).status == 200);
    }
    REQUIRE(s.comes(s.home(), s.bob, "c4"));
    CHECK(s.read(s.home(), s.bob) == s.read(s.host(), s.alice));
    CHECK(s.read(s.world[2], carol) == s.read(s.host(), s.alice));
    REQUIRE(s.soon([&] { return s.home().view().user(carol.id) != nullptr; }));
    // The host passes on what a home tells it.
    s.world[2].ok(Method::patch, "/api/v10/users/@me", carol, {{"global_name", "Caro"}});
    CHECK(s.soon([&] { return (*s.home().view().user(carol.id))->global_name == "Caro"; }));
}

TEST_CASE("clocks an hour apart do not matter") {
    Joined s;
    s.home().clock.skew_ms = 3'600'000;
    s.home().crash();
    s.home().start();
    s.world.advance(10s);
    CHECK(s.say(s.home(), s.bob, "from the future").status == 200);
    s.home().clock.skew_ms = -3'600'000;
    s.home().crash();
    s.home().start();
    s.world.advance(10s);
    CHECK(s.say(s.home(), s.bob, "from the past").status == 200);
}

TEST_CASE("an entry of another guild that names a command does not keep a receipt's word") {
    Joined s;
    peering::Origins& origins = *s.home().core().peering->mirrors().origins();
    f::CommandHeader header;
    header.guild_uid.fill(1);
    header.origin_uid = s.home().uid();
    header.origin_seq = 1'000'000;
    header.actor = s.bob.id.value;
    const auto command = f::sign_command(header, f::Salt(), "call", s.home().core().identity.key);
    f::EntryHeader entry;
    entry.log_id = 7;
    entry.seq = 3;
    entry.command_hash = command.hash();
    f::Receipt receipt;
    receipt.guild_uid = header.guild_uid;
    receipt.command_hash = command.hash();
    receipt.log_id = entry.log_id;
    receipt.seq = entry.seq;
    receipt.leaf = f::leaf_hash(entry);
    origins.note(command, "");
    // Its host colludes with that of the guild which the command is for.
    f::Hash32 other{};
    other.fill(2);
    origins.on_stored(other, entry);
    CHECK_FALSE(origins.is_kept(receipt));
    origins.on_stored(header.guild_uid, entry);
    CHECK(origins.is_kept(receipt));
    origins.forget(command.hash());
}
