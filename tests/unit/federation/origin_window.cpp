#include "federation/origin_window.h"

#include "tests/catch.h"
#include "tests/unit/federation/statements.h"

namespace guildhall::federation {

using namespace testing;

TEST_CASE("one command sent a thousand times, across restarts, is run once") {
    OriginWindow window;
    CHECK(window.accept(5, filled(1)) == OriginSeq::fresh);
    for (int i = 0; i < 1000; ++i) {
        window = must(OriginWindow::parse(window.serialise()));
        REQUIRE(window.accept(5, filled(1)) == OriginSeq::repeat);
    }
    CHECK(window.size() == 1);
}

TEST_CASE("a number used again with another command is a conflict") {
    OriginWindow window;
    window.accept(5, filled(1));
    CHECK(window.accept(5, filled(2)) == OriginSeq::conflict);
    CHECK(window.look(5, filled(1)) == OriginSeq::repeat);
}

TEST_CASE("a gap stays open within the window and closes behind it") {
    OriginWindow window;
    CHECK(window.look(0, filled(1)) == OriginSeq::stale);
    window.accept(1, filled(1));
    window.accept(kOriginWindow, filled(2));
    CHECK(window.look(1, filled(1)) == OriginSeq::repeat);
    CHECK(window.look(2, filled(3)) == OriginSeq::fresh);
    CHECK(window.accept(kOriginWindow + 1, filled(4)) == OriginSeq::fresh);
    CHECK(window.look(1, filled(1)) == OriginSeq::stale);
    CHECK(window.accept(2, filled(3)) == OriginSeq::fresh);
    CHECK(window.accept(2, filled(3)) == OriginSeq::repeat);
    CHECK(window.high() == kOriginWindow + 1);
}

TEST_CASE("a window holds no more than its numbers and reads back") {
    OriginWindow window;
    for (std::uint64_t seq = 1; seq <= 3 * kOriginWindow; ++seq) {
        window.accept(seq, filled(static_cast<std::uint8_t>(seq)));
    }
    CHECK(window.size() == kOriginWindow);
    CHECK(window.look(2 * kOriginWindow, filled(0)) == OriginSeq::stale);
    CHECK(window.look(2 * kOriginWindow + 1, filled(1)) == OriginSeq::repeat);
    CHECK(OriginWindow::parse(window.serialise()) == window);
    CHECK(window.accept(UINT64_MAX, filled(1)) == OriginSeq::fresh);
    CHECK(window.size() == 1);
    CHECK(OriginWindow::parse(window.serialise()) == window);
    CHECK(OriginWindow::parse(OriginWindow().serialise()) == OriginWindow());
}

TEST_CASE("stored windows that no window writes are refused") {
    OriginWindow window;
    window.accept(1, filled(1));
    window.accept(9, filled(2));
    const std::string good = window.serialise();
    for (std::size_t size = 0; size < good.size(); ++size) {
        REQUIRE_FALSE(OriginWindow::parse(std::string_view(good).substr(0, size)));
    }
    CHECK_FALSE(OriginWindow::parse(good + "x"));
    const auto below = [](std::uint64_t high, std::vector<int> list) {
        ByteWriter out;
        out.put(std::uint8_t{1}).put(high).put(static_cast<std::uint16_t>(list.size()));
        for (const int item : list) {
            out.put(static_cast<std::uint16_t>(item)).put(ByteView(std::string(16, 'm')));
        }
        return OriginWindow::parse(out.take()).has_value();
    };
    CHECK(below(9, {8, 0}));
    CHECK_FALSE(below(9, {9, 0}));        // Number 0.
    CHECK_FALSE(below(9, {0, 8}));        // Descending.
    CHECK_FALSE(below(9, {0, 0}));        // Twice.
    CHECK_FALSE(below(9, {8}));           // The highest is missing.
    CHECK_FALSE(below(9000, {4096, 0}));  // Behind the window.
}

}  // namespace guildhall::federation
