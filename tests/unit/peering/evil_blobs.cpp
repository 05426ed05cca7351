// Files of others: rows 29 and 31 of the threats. Who knows a hash has the file not for that,
// cannot say that it is his, and does not even learn that it is here.
#include "federation/crypto.h"
#include "tests/catch.h"
#include "tests/unit/peering/evil_guest.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

f::Hash32 hash_of(std::string_view bytes) { return f::blake2b(f::ByteView(bytes)); }

struct Files : EvilGuest {
    explicit Files(std::size_t nodes = 1) : EvilGuest(nodes) { join(); }

    std::string hidden_channel() {
        const json::array all{{{"id", guild.str()}, {"type", 0}, {"allow", "0"}, {"deny", "1024"}}};
        return new_channel({{"name", "secret"}, {"permission_overwrites", all}});
    }
    int upload(FedNode& node, const Person& who, const std::string& to, const std::string& bytes) {
        auto call = node.begin_upload(
            "/api/v10/channels/" + to + "/messages", who, {{"content", "look"}}, bytes);
        if (!world.run_until([&] { return call->answer.has_value(); })) return 0;
        return call->answer->status;
    }
    /// What the evil node gets for its question: "a file", or why not, to the letter.
    std::string ask(std::string_view bytes, const std::string& in, std::uint64_t offset = 0) {
        return ask(bytes, in, guild_uid, offset);
    }
    std::string ask(std::string_view bytes,
                    const std::string& in,
                    const f::Hash32& of,
                    std::uint64_t offset = 0) {
        f::frames::BlobGet get;
        get.hash = hash_of(bytes);
        get.guildUid = of;
        get.channelId = std::stoull(in);
        get.offset = offset;
        get.length = 4096;
        const auto answer = evil.ask(get);
        if (!answer) return "silence";
        if (const auto* part = std::get_if<f::frames::BlobPart>(&*answer))
            return part->data == bytes ? "a file" : "other bytes";
        const auto* no = std::get_if<f::Problem>(&*answer);
        if (!no) return "something else";
        return std::string(f::name_of(no->code)) + ": " + no->text + std::to_string(no->retryMs);
    }
    f::frames::BlobPut announce(std::string_view bytes) const {
        f::frames::BlobPut out;
        out.hash = hash_of(bytes);
        out.size = bytes.size();
        out.guildUid = guild_uid;
        out.channelId = std::stoull(channel);
        out.userId = mallory.id.value;
        return out;
    }
    /// Whether the host says that it has the file already.
    bool is_had(std::string_view bytes) {
        const auto answer = evil.ask(announce(bytes));
        REQUIRE(answer);
        const auto* state = std::get_if<f::frames::BlobState>(&*answer);
        REQUIRE(state);
        return state->have;
    }
    /// The status of a message by mallory with that file.
    int name_in_message(std::string_view bytes) {
        f::ApiCall call = post("mine");
        call.files = {{"files[0]", "mine.bin", hash_of(bytes), bytes.size()}};
        return send(call);
    }
};

}  // namespace

TEST_CASE("row 29: a hidden channel's file is not there, whichever way it is asked for") {
    Files s;
    const std::string secret = s.hidden_channel();
    const std::string hidden = "what only the owner sees", shown = "what everybody sees";
    REQUIRE(s.upload(s.host(), s.owner, secret, hidden) == 200);
    REQUIRE(s.upload(s.host(), s.owner, s.channel, shown) == 200);
    const std::string other_open = s.new_channel({{"name", "other"}});
    const std::string nothing = s.ask("what nobody has", s.channel);
    REQUIRE(nothing.starts_with(f::name_of(f::ProblemCode::not_found)));
    CHECK(s.ask(shown, s.channel) == "a file");

    const std::string nowhere = std::to_string(std::stoull(secret) + 4096);
    for (const std::string& channel : {secret, s.channel, other_open, nowhere, std::string("1")}) {
        INFO(channel);
        CHECK(s.ask(hidden, channel) == nothing);
        // Nor how long it is.
        CHECK(s.ask(hidden, channel, hidden.size()) == nothing);
        CHECK(s.ask(hidden, channel, 1ull << 40) == nothing);
    }
    // One that she may have is given under its own channel alone.
    for (const std::string& channel : {secret, other_open, nowhere})
        CHECK(s.ask(shown, channel) == nothing);
    // Under another guild: one that is here, and one that is not.
    const auto made =
        s.host().ok(EvilGuest::Method::post, "/api/v10/guilds", s.owner, {{"name", "Other"}});
    const auto other = *protocol::parse_id<protocol::GuildId>(made.at("id").as_string());
    const auto other_uid = *f::Hash32::from(std::string_view(s.host().guild(other)->guild.uid));
    f::Hash32 nobodys;
    nobodys.fill(1);
    for (const f::Hash32& uid : {other_uid, nobodys}) {
        CHECK(s.ask(hidden, secret, uid) == nothing);
        CHECK(s.ask(hidden, s.channel, uid) == nothing);
        CHECK(s.ask(shown, s.channel, uid) == nothing);
    }
}

TEST_CASE("row 31: who knows the hash of a file that is here is not told so, and cannot name it") {
    Files s(2);
    const std::string hidden = "what only the owner sees", bobs = "what bob's node handed over";
    REQUIRE(s.upload(s.host(), s.owner, s.hidden_channel(), hidden) == 200);
    const Person bob = s.world[1].add_user("bob");
    s.world[1].ok(
        EvilGuest::Method::post, "/api/v10/invites/" + s.code + "@a.example", bob, json::object{});
    REQUIRE(s.upload(s.world[1], bob, s.channel, bobs) == 200);
    const auto before = s.texts().size();
    for (const std::string& known : {hidden, bobs, std::string("what nobody has")}) {
        INFO(known);
        CHECK(s.name_in_message(known) == 404);
        CHECK_FALSE(s.is_had(known));
        // What she announced and did not send is hers no more than before.
        CHECK(s.name_in_message(known) == 404);
    }
    CHECK(s.texts().size() == before);
    // What she does send she may name.
    const std::string own = "what mallory has";
    CHECK_FALSE(s.is_had(own));
    f::frames::BlobPart part;
    part.hash = hash_of(own);
    part.data = own;
    part.last = true;
    part.total = own.size();
    REQUIRE(s.evil.send(part));
    s.world.advance(1s);
    CHECK(s.is_had(own));
    CHECK(s.name_in_message(own) == 200);
    CHECK(s.texts().size() == before + 1);
}
