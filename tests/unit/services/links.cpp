#include "node/services/links.h"

#include "node/base/http/query.h"
#include "tests/catch.h"

using namespace guildhall;
using namespace std::chrono_literals;

namespace {

struct Signed {
    Signed() {
        protocol::Attachment file;
        file.id = protocol::AttachmentId(22);
        file.filename = "a b/ü.png";
        url = links.attachment(protocol::ChannelId(11), file);
        constexpr std::string_view kBase = "https://n.example/cdn";
        REQUIRE(url.starts_with(kBase));
        const auto mark = url.find('?');
        path = url.substr(kBase.size(), mark - kBase.size());
        query = base::http::Query::parse(url.substr(mark + 1));
    }
    std::string get(std::string_view name) const { return std::string(*query.get(name)); }
    bool valid() const { return links.is_valid(path, get("ex"), get("is"), get("hm")); }

    base::ManualClock clock{1'700'000'000'000};
    services::Links links{"https://n.example", "key", clock};
    std::string url, path;
    base::http::Query query;
};

std::string changed(std::string text) {
    text.back() = text.back() == '0' ? '1' : '0';
    return text;
}

}  // namespace

TEST_CASE("an address of a file names channel, attachment and file, and is good for a day") {
    Signed s;
    CHECK(s.path == "/attachments/11/22/a%20b%2F%C3%BC.png");
    CHECK(s.valid());
    // It was made within an hour that began before now.
    s.clock.advance(23h);
    CHECK(s.valid());
    s.clock.advance(1h);
    CHECK(!s.valid());
}

TEST_CASE("an address ends at its second, not later") {
    Signed s;
    const auto end_ms = std::stoll(s.get("ex"), nullptr, 16) * 1000;
    s.clock.advance(std::chrono::milliseconds(end_ms - s.clock.unix_ms() - 1));
    CHECK(s.valid());
    s.clock.advance(1ms);
    CHECK(!s.valid());
}

TEST_CASE("addresses of one hour are equal") {
    Signed s;
    protocol::Attachment file;
    file.id = protocol::AttachmentId(22);
    file.filename = "a b/ü.png";
    s.clock.advance(1s);
    CHECK(s.links.attachment(protocol::ChannelId(11), file) == s.url);
    s.clock.advance(1h);
    CHECK(s.links.attachment(protocol::ChannelId(11), file) != s.url);
}

TEST_CASE("whatever is changed in an address makes it worth nothing") {
    Signed s;
    const auto ex = s.get("ex"), is = s.get("is"), hm = s.get("hm");
    CHECK(!s.links.is_valid("/attachments/12/22/a%20b%2F%C3%BC.png", ex, is, hm));
    CHECK(!s.links.is_valid(s.path, changed(ex), is, hm));
    CHECK(!s.links.is_valid(s.path, "f" + ex, is, hm));
    CHECK(!s.links.is_valid(s.path, ex, changed(is), hm));
    CHECK(!s.links.is_valid(s.path, ex, is, changed(hm)));
    CHECK(!s.links.is_valid(s.path, ex, is, ""));
    CHECK(!s.links.is_valid(s.path, "", "", ""));
    CHECK(!s.links.is_valid(s.path, "7fffffffffffffff", is, hm));
    CHECK(!s.links.is_valid(s.path, "zz", is, hm));
    const services::Links other("https://n.example", "another key", s.clock);
    CHECK(!other.is_valid(s.path, ex, is, hm));
}
