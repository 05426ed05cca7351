// Rows 27 and 31 of the threats: images that a home gives of its users. What is not what its
// address says is not kept nor shown, and what nobody has is not asked for again and again.
#include "tests/catch.h"
#include "tests/unit/peering/evil_guest.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

/// mallory is a member, and her home says of images what a test wants.
struct Images : EvilGuest {
    Images() {
        join();
        evil.react = [this](const f::Frame& frame) {
            const auto* get = std::get_if<f::frames::BlobGet>(&frame.body);
            if (!get) return;
            asked.push_back(get->image);
            if (!bytes) return answer(f::Problem{.code = f::ProblemCode::not_found}, frame.id);
            if (bytes->empty()) return;
            f::frames::BlobPart part;
            part.data = *bytes;
            part.last = true;
            part.total = bytes->size();
            answer(part, frame.id);
        };
    }
    void answer(f::FrameBody body, std::uint64_t id) { evil.send(std::move(body), id); }
    base::http::Response look(const std::string& path) {
        app::Core& core = host().core();
        auto request = std::make_shared<base::http::Request>(Method::get, path, std::string());
        request->shard = &core.shards.at(0);
        request->peer.ip = *base::IpAddress::parse("192.0.2.1");
        return world.wait(core.shards.at(0), core.front->serve(*request));
    }
    std::string avatar(const std::string& hash) const {
        return "/cdn/avatars/" + mallory.id.str() + "/" + hash + ".png";
    }
    static std::string hash_of(const std::string& text) {
        return f::to_hex(f::blake2b(f::ByteView(text)).text().substr(0, 16));
    }

    /// Nothing: it has none. Empty: it says nothing.
    std::optional<std::string> bytes;
    std::vector<std::string> asked;
};

}  // namespace

TEST_CASE("row 31: markup is nobody's avatar, though its hash and its name fit") {
    Images s;
    const std::string html = "<html><script>alert(1)</script></html>";
    const std::string svg = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    for (const std::string& lie : {html, svg}) {
        s.bytes = lie;
        CHECK(s.look(s.avatar(Images::hash_of(lie))).status == 404);
        CHECK(s.look(s.avatar("a_" + Images::hash_of(lie))).status == 404);
    }
    CHECK(s.asked.size() == 4);
    CHECK(s.host().core().peering->blobs().copies() == 0);
    // An image that it is, and then only an image.
    const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0<script>", 37);
    s.bytes = png;
    const auto shown = s.look(s.avatar(Images::hash_of(png)));
    REQUIRE(shown.status == 200);
    CHECK(shown.content_type == "image/png");
    CHECK(shown.head.find("X-Content-Type-Options: nosniff") != std::string::npos);
    CHECK(shown.head.find("sandbox") != std::string::npos);
}

TEST_CASE("row 27: an image that nobody has is asked for once, and of nobody who is not known") {
    Images s;
    const std::string path = s.avatar(std::string(32, 'a'));
    for (int i = 0; i < 20; ++i) CHECK(s.look(path).status == 404);
    CHECK(s.asked == std::vector<std::string>{"avatars/" + s.mallory.id.str() + "/" +
                                              std::string(32, 'a') + ".png"});
    s.world.advance(31s);
    CHECK(s.look(path).status == 404);
    CHECK(s.asked.size() == 2);
    // Of whom nobody here has heard.
    CHECK(s.look("/cdn/avatars/123456789012345678/" + std::string(32, 'b') + ".png").status == 404);
    CHECK(s.asked.size() == 2);
}

TEST_CASE("row 27: who never answers for an image keeps nobody waiting without end") {
    Images s;
    s.bytes = "";
    const auto before = s.world.clock.now();
    CHECK(s.look(s.avatar(std::string(32, 'c'))).status == 404);
    CHECK(s.world.clock.now() - before <= 15s);
    CHECK(s.asked.size() == 1);
}
