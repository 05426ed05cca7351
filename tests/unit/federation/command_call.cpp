#include "federation/command_call.h"

#include "tests/catch.h"
#include "tests/unit/federation/statements.h"

namespace guildhall::federation {

using namespace testing;

namespace {

const ApiCall kCall{.method = "PUT",
                    .route = "/channels/{channel_id}/pins/{message_id}",
                    .params = {"5", "6"},
                    .json = "{}",
                    .files = {{"files[0]", "a.png", filled(4), 9}}};

SignedCommand command() {
    CommandHeader header;
    header.guild_uid = filled(1);
    header.epoch_min = 2;
    header.origin_uid = filled(2);
    header.origin_seq = 3;
    header.actor = 7;
    header.channel = 5;
    header.client_ts_ms = kNow;
    header.expires_ms = kNow + 1000;
    SignedCommand out = sign_command(header, {}, encode(kCall), key(10));
    add_device_signature(out, key(20));
    return out;
}

}  // namespace

TEST_CASE("a stored command gives all that an entry is judged by") {
    const SignedCommand signed_command = command();
    const auto read = read_command(ByteView(encode(signed_command)));
    REQUIRE(read);
    CHECK(read->command == signed_command);
    CHECK(read->call == kCall);
    const CommandFacts facts = read->facts();
    CHECK(facts.hash == signed_command.hash());
    CHECK(facts.header == signed_command.header);
    CHECK(facts.signature == signed_command.signature);
    CHECK(facts.guild_uid == filled(1));
    CHECK(facts.epoch_min == 2);
    CHECK(facts.origin_uid == filled(2));
    CHECK(facts.actor.value == 7);
    CHECK(facts.channel == 5);
    CHECK(facts.expires_ms == kNow + 1000);
    CHECK(facts.has_body);
    CHECK(facts.method == "PUT");
    CHECK(facts.route == kCall.route);
    CHECK(facts.json == "{}");
    CHECK(std::vector(facts.params.begin(), facts.params.end()) == kCall.params);
    CHECK(facts.files == 1);
}

TEST_CASE("a command whose body was dropped still says who asked, and no more") {
    const auto stored = without_body(encode(command()));
    REQUIRE(stored);
    const auto read = read_command(ByteView(*stored));
    REQUIRE(read);
    CHECK_FALSE(read->call);
    CHECK_FALSE(read->facts().has_body);
    CHECK(read->facts().actor.value == 7);
    CHECK(read->facts().route.empty());
}

TEST_CASE("a body that was not signed, or holds no call, makes no command") {
    SignedCommand altered = command();
    altered.body.back() = static_cast<char>(altered.body.back() ^ 1);
    CHECK_FALSE(read_command(altered));
    altered.body = "short";
    CHECK_FALSE(read_command(altered));
    CHECK_FALSE(read_command(ByteView("command")));
    const auto header = decode_command_header(command().header);
    REQUIRE(header);
    CHECK_FALSE(read_command(sign_command(*header, {}, "no call", key(10))));
    CHECK_FALSE(read_command(sign_command(*header, {}, "", key(10))));
}

TEST_CASE("a command travels in its frame, device signatures included") {
    const SignedCommand signed_command = command();
    const CommandFrame frame = frame_of(signed_command, true);
    CHECK(frame.logged);
    const auto sent = decode_frame(encode(Frame{1, frame}));
    REQUIRE(sent);
    const auto back = command_of(std::get<CommandFrame>(sent->body));
    REQUIRE(back);
    CHECK(*back == signed_command);
    CHECK(is_signed_by_device(*back, key(20).public_key()));

    const auto refused = [&](auto change) {
        CommandFrame other = frame;
        change(other);
        CHECK_FALSE(command_of(other));
    };
    refused([](CommandFrame& f) { f.header.pop_back(); });
    refused([](CommandFrame& f) { f.body.assign(kCommandBodyBytesMax + 1, 'b'); });
    refused([](CommandFrame& f) { f.deviceSignatures[0].pop_back(); });
    refused([](CommandFrame& f) { f.deviceSignatures[0] += 'x'; });
    refused([](CommandFrame& f) { f.deviceSignatures.resize(5, f.deviceSignatures[0]); });
}

}  // namespace guildhall::federation
