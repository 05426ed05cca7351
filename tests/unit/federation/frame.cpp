// Frames survive their bytes; what is no frame is refused quickly (row 25 of the threats).
#include "federation/frame.h"

#include "federation/evidence.h"
#include "federation/limits.h"
#include "protocol/capnp_mapper.h"
#include "protocol/federation.capnp.h"
#include "tests/catch.h"
#include "tests/unit/federation/support.h"

#include <chrono>
#include <string>
#include <vector>

namespace guildhall::federation {

using namespace testing;

namespace {

template <std::size_t... I>
std::vector<Frame> one_of_each(std::index_sequence<I...>) {
    return {Frame{I, FrameBody(std::in_place_index<I>)}...};
}

std::vector<Frame> every_frame() {
    return one_of_each(std::make_index_sequence<std::variant_size_v<FrameBody> - 1>());
}

Frame full_append() {
    Append append{.guildUid = filled(1), .logId = 77, .firstSeq = 5};
    append.entries = {{"header", "body", "command"}, {std::string(107, '\0'), "", ""}};
    append.head = "a head";
    append.consistency = {filled(2), filled(3)};
    append.frontier = "frontier";
    append.base = {filled(4)};
    return {0, append};
}

Frame full_command() {
    Signature signature;
    signature.fill(9);
    return {7, CommandFrame{"header", signature, std::string("b\0dy", 4), {"device"}, true}};
}

Frame full_ack() {
    return {0, frames::Ack{filled(1), {{1, 2, filled(3)}, {4, 5, filled(6)}}, "cosigned"}};
}

/// The frame's bytes with the words of its message replaced.
std::string framed(std::string words) {
    return ByteWriter()
        .put(std::uint32_t{0})
        .put(static_cast<std::uint32_t>(words.size() / 8))
        .put(ByteView(words))
        .take();
}

std::string u64(std::uint64_t value) { return ByteWriter().put(value).take(); }

/// Decodes and says how long that took; the bound is generous for a busy machine without
/// optimisation, the design's is 1 ms.
struct Timed {
    protocol::Result<Frame> frame;
    std::chrono::microseconds took;
};
Timed timed(const std::string& bytes) {
    const auto start = std::chrono::steady_clock::now();
    auto frame = decode_frame(bytes);
    const auto took = std::chrono::steady_clock::now() - start;
    return {std::move(frame), std::chrono::duration_cast<std::chrono::microseconds>(took)};
}
constexpr std::chrono::microseconds kGenerous{50'000};

void check_refused(const std::string& bytes) {
    const Timed result = timed(bytes);
    CHECK_FALSE(result.frame);
    CHECK(result.took < kGenerous);
}

/// A struct pointer, as the encoding document draws it.
std::string struct_pointer(std::int32_t offset, std::uint16_t data, std::uint16_t pointers) {
    const auto low = static_cast<std::uint32_t>(offset) << 2;
    return u64(low | std::uint64_t{data} << 32 | std::uint64_t{pointers} << 48);
}
/// A list pointer; size class 7 is a list of structs.
std::string list_pointer(std::int32_t offset, unsigned size_class, std::uint32_t count) {
    const auto low = (static_cast<std::uint32_t>(offset) << 2) | 1u;
    return u64(low | std::uint64_t{size_class} << 32 | std::uint64_t{count} << 35);
}

/// The root: a Frame whose union holds `member`, its one pointer following.
std::string frame_root(std::uint16_t member) {
    return struct_pointer(0, 2, 1) + u64(0) + u64(member);
}

constexpr std::uint16_t kEphemeral = 22;   // Ephemerals { items :List(Ephemeral) }
constexpr std::uint16_t kProfileGet = 28;  // ProfileGet { userIds :List(UInt64) }

}  // namespace

TEST_CASE("every kind of frame keeps its kind and id through its bytes") {
    for (const Frame& frame : every_frame()) {
        INFO(name_of(frame.body));
        const auto back = decode_frame(encode(frame));
        REQUIRE(back);
        CHECK(*back == frame);
    }
}

TEST_CASE("the order of the alternatives is the order of the schema's union") {
    const auto fields = capnp::Schema::from<wire::Frame>().getUnionFields();
    REQUIRE(fields.size() == std::variant_size_v<FrameBody> - 1);
    for (const Frame& frame : every_frame()) {
        const auto field = fields[static_cast<unsigned>(frame.body.index())];
        CHECK(std::string(field.getProto().getName().cStr()) == name_of(frame.body));
        CHECK(field.getProto().getDiscriminantValue() == frame.body.index());
    }
}

TEST_CASE("frames with everything in them survive their bytes") {
    frames::Snapshot snapshot{.guildUid = filled(1), .controlSize = 9, .controlHead = "head"};
    snapshot.roles = {"a", "", "ccc"};
    snapshot.commands = {"x", "y"};
    snapshot.nodeBans = {"ban"};
    snapshot.basePieces = 2;
    snapshot.members = std::vector<std::string>(1000, std::string(300, 'm'));
    Hello hello{1, 3, {1, 2}, {1}, "a.example", "guildhall", -5, {}, {"a.example:7443"}};
    hello.bootId.fill(7);
    const std::vector<Frame> all{
        full_append(),
        full_command(),
        full_ack(),
        {1, snapshot},
        {2, hello},
        {3, frames::Goodbye{{ProblemCode::renew, "old", 10, 20}}},
        {4, frames::BlobGet{std::nullopt, filled(2), 3, 4, 5, "icons/1/a.png"}},
        {5, frames::BlobGet{filled(8), filled(2), 3, 4, 5, ""}},
        {6, frames::Ephemerals{{{filled(1), 1, 0, 9, 10, "idle", "[]", "{}"}}}},
        {7, frames::ProfileGet{{1, 2, ~0ull}}},
        {9, frames::Evidence{filled(1), std::string(kEvidenceBytesMax, 'e')}},
        {8, frames::BlobPart{filled(1), 3, std::string(limits::kBlobPartBytesMax, 'x'), true, 4}},
    };
    for (const Frame& frame : all) {
        INFO(name_of(frame.body));
        const auto back = decode_frame(encode(frame));
        REQUIRE(back);
        CHECK(*back == frame);
        CHECK(encode(*back) == encode(frame));
    }
}

TEST_CASE("an API call survives its bytes, which are the same each time") {
    ApiCall call{"POST", "/channels/{channel_id}/messages", {"5"}, "a=b", "{}", "why"};
    call.files = {{"files[0]", "a.png", filled(3), 12}};
    call.version = 10;
    const auto back = decode_api_call(encode(call));
    REQUIRE(back);
    CHECK(*back == call);
    CHECK(encode(*back) == encode(call));
    CHECK_FALSE(decode_api_call("short"));
}

TEST_CASE("a segment table that is not exactly one segment of the right size is refused") {
    const std::string good = encode(full_command());
    REQUIRE(decode_frame(good));
    auto with_table = [&](std::uint32_t segments_less_one, std::uint32_t words) {
        return ByteWriter().put(segments_less_one).put(words).put(ByteView(good).subspan(8)).take();
    };
    const auto words = static_cast<std::uint32_t>(good.size() / 8 - 1);
    REQUIRE(decode_frame(with_table(0, words)));
    check_refused(with_table(0xffffffff, words));
    check_refused(with_table(0xffffffff, 0));
    check_refused(with_table(0xffffffff, 0xffffffff));
    check_refused(with_table(1, words));
    check_refused(with_table(1u << 20, words));
    check_refused(with_table(0, words - 1));
    check_refused(with_table(0, words + 1));
    check_refused(with_table(0, 1u << 31));
    check_refused(with_table(0, 0));
    // Two real segments, with a table of two.
    check_refused(ByteWriter()
                      .put(std::uint32_t{1})
                      .put(words)
                      .put(std::uint32_t{0})
                      .put(std::uint32_t{0})
                      .put(ByteView(good).subspan(8))
                      .take());
}

TEST_CASE("bytes that are empty, short or not whole words are refused") {
    const std::string good = encode(full_command());
    for (std::size_t size = 0; size < good.size(); ++size) check_refused(good.substr(0, size));
    check_refused(good + "x");
    check_refused(good + std::string(8, '\0'));
    check_refused(framed(""));
}

TEST_CASE("a pointer that leads back to itself is refused") {
    // items -> a list of one Ephemeral, whose own list pointers point back at the list's tag.
    std::string words = frame_root(kEphemeral) + struct_pointer(0, 0, 1);
    words += list_pointer(-1, 7, 1);  // points at itself: read as a tag, it is no struct's
    check_refused(framed(words));
    // The root's pointer to its struct is the root itself.
    check_refused(framed(struct_pointer(-1, 2, 1)));
}

TEST_CASE("pointers to another segment and to capabilities are refused") {
    const std::uint64_t far = 2 | 8 | std::uint64_t{1} << 32;
    const std::uint64_t double_far = far | 4;
    const std::uint64_t capability = 3 | std::uint64_t{7} << 32;
    for (std::uint64_t pointer : {far, double_far, capability}) {
        check_refused(framed(frame_root(kEphemeral) + u64(pointer)));
        check_refused(framed(u64(pointer)));
    }
}

TEST_CASE("a list of 2^29 structs of no size is refused before it is walked") {
    std::string words = frame_root(kEphemeral) + struct_pointer(0, 0, 1);
    words += list_pointer(0, 7, 0);                    // inline composite of 0 words
    words += u64(std::uint64_t{(1u << 29) - 1} << 2);  // the tag: 2^29 - 1 elements of 0 words
    check_refused(framed(words));
    // And a list of void.
    std::string voids = frame_root(kProfileGet) + struct_pointer(0, 0, 1);
    voids += list_pointer(0, 0, (1u << 29) - 1);
    check_refused(framed(voids));
}

TEST_CASE("structures nested 10,000 deep are refused or left unread") {
    // A chain of pointers, each to the next word: nothing in the schema goes that deep, so what is
    // read of it is the few levels that the schema has.
    std::string words = frame_root(kEphemeral);
    for (int i = 0; i < 7'000; ++i) words += struct_pointer(0, 0, 1);
    const Timed result = timed(framed(words + u64(0)));
    CHECK(result.took < kGenerous);
}

TEST_CASE("lists are refused one past what they may have") {
    auto with_entries = [](std::size_t count) {
        Append append{.guildUid = filled(1)};
        append.entries.resize(count);
        return encode(Frame{0, append});
    };
    CHECK(decode_frame(with_entries(limits::kEntriesPerFrameMax)));
    check_refused(with_entries(limits::kEntriesPerFrameMax + 1));
    auto with_hashes = [](std::size_t count) {
        frames::Range range{.guildUid = filled(1)};
        range.left.resize(count);
        return encode(Frame{0, range});
    };
    CHECK(decode_frame(with_hashes(limits::kProofHashesMax)));
    check_refused(with_hashes(limits::kProofHashesMax + 1));
}

TEST_CASE("hashes and signatures of another length are refused") {
    // The uid's Data pointer says 31, 33 or no bytes; all else is right.
    auto with_length = [](std::uint32_t bytes) {
        return framed(frame_root(6) + struct_pointer(0, 0, 1) + list_pointer(0, 2, bytes) +
                      std::string(40, 'h'));
    };
    REQUIRE(decode_frame(with_length(32)));
    for (std::uint32_t bytes : {0u, 1u, 31u, 33u, 40u}) check_refused(with_length(bytes));
    check_refused(framed(frame_root(6) + struct_pointer(0, 0, 1) + u64(0)));
}

TEST_CASE("an unknown member of the union is told apart and keeps the id") {
    for (std::uint16_t member : {37, 38, 1000, 65535}) {
        std::string words = struct_pointer(0, 2, 1) + u64(42) + u64(member);
        words += struct_pointer(0, 0, 0);
        const auto frame = decode_frame(framed(words));
        REQUIRE(frame);
        CHECK(frame->id == 42);
        CHECK(std::holds_alternative<frames::Unknown>(frame->body));
    }
}

TEST_CASE("fields that a later version added are ignored") {
    // A Ping of two words, of which this version knows one.
    std::string words = frame_root(1) + struct_pointer(0, 2, 0) + u64(5) + u64(6);
    const auto frame = decode_frame(framed(words));
    REQUIRE(frame);
    CHECK(std::get<frames::Ping>(frame->body).value == 5);
}

TEST_CASE("a frame with any bit flipped decodes to something or to an error, never worse") {
    for (const Frame& frame : {full_append(), full_command(), full_ack()}) {
        const std::string good = encode(frame);
        for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
            const auto back = decode_frame(flipped(good, bit));
            if (back && !std::holds_alternative<frames::Unknown>(back->body)) {
                CHECK_NOTHROW(encode(*back));
            }
        }
    }
}

TEST_CASE("each class of traffic has the frames that the schema's comments give it") {
    auto is = [](FrameBody body, TrafficClass expected) { CHECK(class_of(body) == expected); };
    is(frames::Hello{}, TrafficClass::control);
    is(frames::Append{}, TrafficClass::live);
    is(frames::CommandFrame{}, TrafficClass::live);
    is(frames::Snapshot{}, TrafficClass::bulk);
    is(frames::Range{}, TrafficClass::bulk);
    is(frames::Evidence{}, TrafficClass::bulk);
    is(frames::BlobPart{}, TrafficClass::blob);
    is(frames::Ephemerals{}, TrafficClass::ephemeral);
}

}  // namespace guildhall::federation
