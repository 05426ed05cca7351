// Acting in a guild of another node, between whole nodes: joining by an invite, every kind of call,
// lost links, repeated commands, and what a host refuses.
#include "federation/command.h"
#include "federation/merkle.h"
#include "node/store/tables/entries.h"
#include "tests/catch.h"
#include "tests/support/fed_nodes.h"

#include <algorithm>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using base::http::Method;
using protocol::ChannelId;
using protocol::GuildId;
using protocol::UserId;

namespace {

namespace f = federation;

std::string text_of(const json::value& object, std::string_view name) {
    return std::string(object.as_object().at(name).as_string());
}

/// Alice's guild on the first node, and bob of the second in it.
struct Joined {
    explicit Joined(std::size_t nodes = 2) : world(nodes) {
        alice = host().add_user("alice");
        bob = home().add_user("bob");
        const auto made = host().ok(Method::post, "/api/v10/guilds", alice, {{"name", "Far"}});
        guild = *protocol::parse_id<GuildId>(made.at("id").as_string());
        const auto channel = host().ok(
            Method::post, guild_path() + "/channels", alice, {{"name", "general"}, {"type", 0}});
        general = *protocol::parse_id<ChannelId>(channel.at("id").as_string());
        joined = join(home(), bob);
    }

    FedNode& host() { return world[0]; }
    FedNode& home() { return world[1]; }
    std::string guild_path() const { return "/api/v10/guilds/" + guild.str(); }
    std::string messages() const { return "/api/v10/channels/" + general.str() + "/messages"; }

    std::string invite_path() {
        const auto invite = host().ok(
            Method::post, "/api/v10/channels/" + general.str() + "/invites", alice, json::object());
        return "/api/v10/invites/" + text_of(invite, "code") + "@" + host().ip().str() + ":8447";
    }
    Answer join(FedNode& node, const Person& who) {
        return node.call(Method::post, invite_path(), who, json::object());
    }
    /// Every right, for a member; the other node hears of it in its time.
    void make_admin(const Person& who) {
        const auto role = host().ok(Method::post,
                                    guild_path() + "/roles",
                                    alice,
                                    {{"name", "admin"}, {"permissions", "8"}});
        host().ok(Method::put,
                  guild_path() + "/members/" + who.id.str() + "/roles/" + text_of(role, "id"),
                  alice);
    }
    Answer say(FedNode& node, const Person& who, const std::string& text) {
        return node.call(Method::post, messages(), who, {{"content", text}});
    }
    std::vector<std::string> read(FedNode& node, const Person& who) {
        const auto list = node.ok(Method::get, messages(), who);
        std::vector<std::string> out;
        for (const auto& m : list.as_array())
            if (m.as_object().at("type").as_int64() == 0) out.push_back(text_of(m, "content"));
        return out;
    }
    bool comes(FedNode& node, const Person& who, const std::string& text) {
        return world.run_until([&] {
            const auto seen = read(node, who);
            return std::find(seen.begin(), seen.end(), text) != seen.end();
        });
    }
    bool soon(const std::function<bool()>& done) { return world.run_until(done, 10s); }

    FedNodes world;
    Person alice, bob;
    GuildId guild;
    ChannelId general;
    std::optional<Answer> joined;
};

}  // namespace

TEST_CASE("an invite of another node leads into its guild") {
    Joined s;
    INFO(s.joined->body << s.world.logs());
    REQUIRE(s.joined->status == 200);
    REQUIRE(s.home().guild(s.guild) != nullptr);
    const auto& state = *s.host().guild(s.guild);
    const auto* member = state.members.find(s.bob.id);
    REQUIRE(member != nullptr);
    CHECK(protocol::home_of(state, *member) == s.home().uid().text());
    CHECK(state.identities.find(std::string(s.home().uid().text())) != nullptr);
    const auto* user = s.host().view().user(s.bob.id);
    REQUIRE(user != nullptr);
    CHECK((*user)->username == "bob@b.example");
    // And the owner is known at home.
    REQUIRE(s.soon([&] { return s.home().view().user(s.alice.id) != nullptr; }));
    CHECK((*s.home().view().user(s.alice.id))->username == "alice@a.example");
    const auto guilds = s.home().ok(Method::get, "/api/v10/users/@me/guilds", s.bob);
    CHECK(guilds.as_array().size() == 1);
}

TEST_CASE("an invite of another node says on which node its inviter lives") {
    Joined s;
    const auto seen = s.home().ok(Method::get, s.invite_path(), s.bob);
    CHECK(text_of(seen.at("inviter"), "username") == "alice@a.example");
    const auto taken = s.home().ok(Method::post, s.invite_path(), s.bob, json::object());
    CHECK(text_of(taken.at("inviter"), "username") == "alice@a.example");
}

TEST_CASE("an operator reads why an invite's node was not reached, and no code") {
    FedNodes world(1);
    const Person bob = world[0].add_user("bob");
    const Answer none = world[0].call(
        Method::post, "/api/v10/invites/sEcrEt1@198.41.0.99:8447", bob, json::object());
    CHECK(none.status == 503);
    INFO(world.logs());
    CHECK(world[0].log.contains("the node of an invite cannot be reached"));
    CHECK(world[0].log.contains("198.41.0.99:8447: "));
    CHECK_FALSE(world[0].log.contains("sEcrEt1"));
}

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

TEST_CASE("without its host a guild can be read and not written") {
    Joined s;
    REQUIRE(s.say(s.home(), s.bob, "before").status == 200);
    s.host().crash();
    const Answer refused = s.say(s.home(), s.bob, "lost");
    CHECK(refused.status == 503);
    CHECK(refused.code() == 130000);
    CHECK(s.read(s.home(), s.bob) == std::vector<std::string>{"before"});
    s.host().start();
    s.world.advance(30s);
    CHECK(s.say(s.home(), s.bob, "after").status == 200);
    CHECK(s.read(s.host(), s.alice) == std::vector<std::string>{"after", "before"});
}

TEST_CASE("nobody waits for a host that is known to be away") {
    Joined s;
    const auto waited = [&] {
        const auto before = s.world.clock.now();
        const Answer refused = s.say(s.home(), s.bob, "lost");
        CHECK(refused.code() == 130000);
        return s.world.clock.now() - before;
    };
    // Nothing answers there, not even to say that nobody listens.
    s.world.net.partition(s.host().ip(), s.home().ip());
    s.world.net.cut(s.host().ip(), s.home().ip());
    s.world.advance(30s);
    CHECK(waited() <= 500ms);
    CHECK(waited() <= 500ms);
    s.world.net.heal();
    REQUIRE(s.soon([&] { return s.say(s.home(), s.bob, "after").status == 200; }));
    // A link that was lost a moment ago is worth waiting for.
    s.host().crash();
    auto call = s.home().begin(Method::post, s.messages(), s.bob, {{"content", "soon"}});
    s.world.advance(1s);
    s.host().start();
    REQUIRE(s.soon([&] { return call->answer.has_value(); }));
    CHECK(call->answer->status == 200);
}

TEST_CASE("ten minutes without a link, while both sides write, lose no word and double none") {
    Joined s(3);
    const Person carol = s.world[2].add_user("carol");
    REQUIRE(s.join(s.world[2], carol).status == 200);
    REQUIRE(s.say(s.home(), s.bob, "before").status == 200);
    REQUIRE(s.comes(s.world[2], carol, "before"));
    // Of one node with both others, of which one hosts: all live on.
    s.world.net.partition(s.host().ip(), s.home().ip());
    s.world.net.partition(s.world[2].ip(), s.home().ip());
    std::vector<std::string> said{"before"};
    std::vector<std::string> refused;
    for (int minute = 0; minute < 10; ++minute) {
        const std::string number = std::to_string(minute);
        REQUIRE(s.say(s.host(), s.alice, "a" + number).status == 200);
        REQUIRE(s.say(s.world[2], carol, "c" + number).status == 200);
        said.push_back("a" + number);
        said.push_back("c" + number);
        auto lost = s.home().begin(
            Method::post, s.messages(), s.bob, {{"content", "b" + number}, {"nonce", number}});
        REQUIRE(s.world.run_until([&] { return lost->answer.has_value(); }));
        CHECK(lost->answer->status == 503);
        refused.push_back("b" + number);
        // What was there before is read on.
        CHECK(s.read(s.home(), s.bob) == std::vector<std::string>{"before"});
        s.world.advance(1min);
    }
    s.world.net.heal();
    REQUIRE(s.world.run_until([&] { return s.say(s.home(), s.bob, "after").status == 200; }, 2min));
    s.world.advance(30s);
    std::ranges::reverse(said);
    auto here = s.read(s.host(), s.alice);
    INFO(s.world.logs());
    CHECK(s.read(s.home(), s.bob) == here);
    CHECK(s.read(s.world[2], carol) == here);
    // Who was told that it failed may have been heard later, as with any lost answer: once at most.
    for (const std::string& text : refused) CHECK(std::ranges::count(here, text) <= 1);
    std::erase_if(
        here, [](const std::string& text) { return text.starts_with("b") && text != "before"; });
    REQUIRE(here.front() == "after");
    here.erase(here.begin());
    CHECK(here == said);
    CHECK(s.host().view().role(s.guild) == journal::GuildRole::hosted);
    CHECK(s.home().view().role(s.guild) == journal::GuildRole::mirrored);
}

TEST_CASE("a command that is under way when the link is lost is run once") {
    Joined s;
    for (int i = 0; i < 20; ++i) {
        auto call = s.home().begin(
            Method::post, s.messages(), s.bob, {{"content", "m" + std::to_string(i)}});
        s.host().crash_after(static_cast<std::uint64_t>(3 * i + 1));
        s.world.run_until([&] { return !s.host().is_up(); }, 5s);
        // Where it had less to do than that, it does not die in what follows.
        s.host().crash_after(0);
        if (!s.host().is_up()) s.host().start();
        REQUIRE(s.world.run_until([&] { return call->answer.has_value(); }));
        const auto seen = s.read(s.host(), s.alice);
        const auto copies = std::count(seen.begin(), seen.end(), "m" + std::to_string(i));
        INFO(i << " " << call->answer->status << " " << call->answer->body);
        CHECK(copies <= 1);
        if (call->answer->status < 300) CHECK(copies == 1);
    }
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
