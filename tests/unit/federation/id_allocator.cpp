#include "federation/id_allocator.h"

#include "tests/catch.h"
#include "tests/unit/federation/support.h"

namespace guildhall::federation {

using namespace testing;

namespace {
constexpr protocol::UnixMs kNow = 1'700'000'000'123;
}

TEST_CASE("an id carries its time, its authority's tag and a counter from the lower half") {
    IdAllocator ids(filled(7));
    const auto id = must(ids.next(kNow, 0xffff));
    CHECK(id.created_ms() == kNow);
    CHECK((id.value >> 10 & 0xfff) == id_tag(filled(7)));
    CHECK((id.value & 1023) == 511);
    CHECK(id_tag(filled(7)) != id_tag(filled(8)));
}

TEST_CASE("a millisecond gives at least 512 ids and then waits for the next") {
    IdAllocator ids(filled(7));
    std::uint64_t last = 0;
    for (int i = 0; i < 513; ++i) {
        const auto id = ids.next(kNow, 511);
        REQUIRE(id);
        REQUIRE(id->value > last);
        last = id->value;
    }
    CHECK_FALSE(ids.next(kNow, 0));
    CHECK_FALSE(ids.next(kNow, 0));
    const auto id = ids.next(kNow + 1, 0);
    REQUIRE(id);
    CHECK(id->value > last);
}

TEST_CASE("ids never go backwards when the clock does, and never stop") {
    IdAllocator ids(filled(7));
    std::uint64_t last = must(ids.next(kNow, 5)).value;
    const protocol::UnixMs steps[] = {kNow - 3'600'000, kNow - 1, 0, kNow - 30LL * 86'400'000};
    for (protocol::UnixMs now : steps) {
        for (int i = 0; i < 2000; ++i) {
            const auto id = ids.next(now, static_cast<std::uint16_t>(i));
            REQUIRE(id);
            REQUIRE(id->value > last);
            last = id->value;
        }
    }
    // 8,000 ids used up some 15 milliseconds of borrowed time, not an hour.
    CHECK(protocol::Snowflake(last).created_ms() < kNow + 20);
}

TEST_CASE("ids start above the last one seen, whoever made it") {
    IdAllocator other(filled(9));
    const auto seen = must(other.next(kNow, 400));
    IdAllocator ids(filled(7));
    ids.observe(seen);
    CHECK_FALSE(ids.next(kNow, 0));
    CHECK(must(ids.next(kNow - 5, 0)).value > seen.value);

    IdAllocator late(filled(7));
    const auto mine = must(late.next(kNow + 10, 1));
    late.observe(seen);
    CHECK(must(late.next(kNow + 10, 1)).value == mine.value + 1);
}

}  // namespace guildhall::federation
