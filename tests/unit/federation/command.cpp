#include "federation/command.h"

#include "tests/catch.h"
#include "tests/unit/federation/statements.h"

#include <limits>

namespace guildhall::federation {

using namespace testing;

namespace {

CommandHeader header() {
    CommandHeader out;
    out.guild_uid = filled(1);
    out.epoch_min = 3;
    out.origin_uid = filled(2);
    out.origin_seq = 7;
    out.actor = 77;
    out.channel = 99;
    out.client_ts_ms = kNow;
    out.expires_ms = kNow + kCommandLifetimeMax.count();
    return out;
}

SignedCommand command() { return sign_command(header(), Salt{}, "call", key(1)); }

CommandPlace place() { return {filled(1), 3, filled(2), filled(2), kNow}; }

}  // namespace

TEST_CASE("a command reads back from its stored form and verifies with and without its body") {
    SignedCommand made = command();
    add_device_signature(made, key(9));
    const std::string stored = encode(made);
    const auto read = must(decode_signed_command(stored));
    CHECK(read == made);
    CHECK(verify(read, key(1).public_key()));
    CHECK(is_signed_by_device(read, key(9).public_key()));
    CHECK_FALSE(is_signed_by_device(read, key(1).public_key()));

    const auto dropped = must(decode_signed_command(must(without_body(stored))));
    CHECK(dropped.body.empty());
    CHECK(dropped.hash() == made.hash());
    CHECK(verify(dropped, key(1).public_key()));
    CHECK(is_signed_by_device(dropped, key(9).public_key()));
}

TEST_CASE("a command of another key, with another body or a short one is refused") {
    CommandProblem problem{};
    CHECK_FALSE(verify(command(), key(2).public_key(), &problem));
    CHECK(problem == CommandProblem::bad_signature);
    SignedCommand other = command();
    other.body += "x";
    CHECK_FALSE(verify(other, key(1).public_key(), &problem));
    CHECK(problem == CommandProblem::bad_body);
    other.body = "x";
    CHECK_FALSE(verify(other, key(1).public_key(), &problem));
    CHECK(problem == CommandProblem::bad_body);
}

TEST_CASE("a device's signature and an origin's never stand for each other") {
    SignedCommand made = command();
    add_device_signature(made, key(1));
    SignedCommand swapped = made;
    swapped.signature = made.device_signatures[0].signature;
    CHECK_FALSE(verify(swapped, key(1).public_key()));
    swapped = made;
    swapped.device_signatures[0].signature = made.signature;
    CHECK_FALSE(is_signed_by_device(swapped, key(1).public_key()));
}

TEST_CASE("a command is run only where, by whom and when it was meant") {
    struct Row {
        const char* what;
        void (*change)(CommandHeader&, CommandPlace&);
        CommandProblem expected;
    };
    const auto life = kCommandLifetimeMax.count();
    static_cast<void>(life);
    const Row rows[] = {
        {"as meant", [](auto&, auto&) {}, CommandProblem::none},
        {"guild", [](auto& h, auto&) { h.guild_uid = filled(9); }, CommandProblem::wrong_guild},
        {"origin", [](auto&, auto& p) { p.origin_uid = filled(9); }, CommandProblem::wrong_origin},
        {"actor's home",
         [](auto&, auto& p) { p.actor_home = filled(9); },
         CommandProblem::wrong_actor},
        {"actor not known yet", [](auto&, auto& p) { p.actor_home.reset(); }, CommandProblem::none},
        {"old host", [](auto&, auto& p) { p.epoch = 2; }, CommandProblem::host_is_old},
        {"newer host", [](auto&, auto& p) { p.epoch = 4; }, CommandProblem::none},
        {"last moment", [](auto& h, auto& p) { p.now_ms = h.expires_ms; }, CommandProblem::none},
        {"expired", [](auto& h, auto& p) { p.now_ms = h.expires_ms + 1; }, CommandProblem::expired},
        {"lives too long", [](auto& h, auto&) { ++h.expires_ms; }, CommandProblem::bad_lifetime},
        {"ends before it began",
         [](auto& h, auto&) { h.expires_ms = h.client_ts_ms - 1; },
         CommandProblem::bad_lifetime},
        {"before 1970", [](auto& h, auto&) { h.client_ts_ms = -1; }, CommandProblem::bad_lifetime},
        {"smallest times",
         [](auto& h, auto&) { h.client_ts_ms = h.expires_ms = INT64_MIN; },
         CommandProblem::bad_lifetime},
        {"largest times",
         [](auto& h, auto&) { h.client_ts_ms = h.expires_ms = INT64_MAX; },
         CommandProblem::clock_ahead},
        {"a minute ahead",
         [](auto& h, auto& p) { p.now_ms = h.client_ts_ms - 60'000; },
         CommandProblem::none},
        {"more than a minute ahead",
         [](auto& h, auto& p) { p.now_ms = h.client_ts_ms - 60'001; },
         CommandProblem::clock_ahead},
    };
    for (const Row& row : rows) {
        CommandHeader h = header();
        CommandPlace p = place();
        row.change(h, p);
        INFO(row.what << ": " << text_of(check(h, p)));
        CHECK(check(h, p) == row.expected);
    }
    CHECK(is_about_clock(CommandProblem::expired));
    CHECK(is_about_clock(CommandProblem::clock_ahead));
    CHECK_FALSE(is_about_clock(CommandProblem::bad_lifetime));
}

TEST_CASE("an entry may be stamped ten minutes after its command's end and no later") {
    constexpr protocol::UnixMs kLeast = std::numeric_limits<protocol::UnixMs>::min();
    constexpr protocol::UnixMs kMost = std::numeric_limits<protocol::UnixMs>::max();
    CHECK_FALSE(is_dead_for_entry(1000, 900));
    CHECK_FALSE(is_dead_for_entry(1000, 601'000));
    CHECK(is_dead_for_entry(1000, 601'001));
    CHECK(is_dead_for_entry(kLeast, kMost));
    CHECK_FALSE(is_dead_for_entry(kMost, kLeast));
}

TEST_CASE("a command's bounds hold at their edges") {
    SignedCommand made = command();
    made.body.assign(kCommandBodyBytesMax, 'x');
    CHECK(decode_signed_command(encode(made)));
    made.body += 'x';
    CHECK_FALSE(decode_signed_command(encode(made)));
    made.body.clear();
    made.device_signatures.resize(kDeviceSignaturesMax);
    std::string stored = encode(made);
    CHECK(decode_signed_command(stored));
    stored[kCommandHeaderBytes + 64] = kDeviceSignaturesMax + 1;
    CHECK_FALSE(decode_signed_command(stored + std::string(96, 'k')));
    CommandHeader zero = header();
    zero.origin_seq = 0;
    CHECK_FALSE(decode_command_header(encode(zero)));
}

}  // namespace guildhall::federation
