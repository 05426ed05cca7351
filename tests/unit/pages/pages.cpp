#include "node/pages/pages.h"

#include "node/pages/html.h"
#include "node/rest/router.h"
#include "protocol/json/reader.h"
#include "tests/catch.h"
#include "tests/support/node_fixture.h"

#include <boost/json.hpp>

using namespace guildhall;
using namespace guildhall::tests;
using base::http::Method;

namespace {

constexpr const char* kBrowser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

struct Site {
    NodeFixture node;
    std::vector<const rest::Route*> routes = rest::all_routes();
    pages::Pages pages{node.settings, node.views, routes, node.loop.clock};

    base::http::Response get(const std::string& target,
                             const char* accept = kBrowser,
                             Method method = Method::get,
                             const char* encoding = "") {
        base::http::Request request(method, target);
        request.shard = &node.loop.shard();
        request.add_header("Accept", accept);
        request.add_header("Accept-Encoding", encoding);
        return node.run(pages.serve(request));
    }
};

bool has(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace

TEST_CASE("the root is a page for browsers and an object for programs") {
    Site site;
    const auto page = site.get("/");
    CHECK(page.status == 200);
    CHECK(has(page.content_type, "text/html"));
    CHECK(has(page.body, "test.example"));
    CHECK(has(page.body, "http://127.0.0.1:8080/api/v10"));
    CHECK(has(page.head, "Content-Security-Policy: default-src 'none'"));
    CHECK(has(page.head, "X-Content-Type-Options: nosniff"));
    CHECK_FALSE(has(page.body, "<script"));
    for (const char* accept : {"*/*", "application/json", "", "text/html;q=0.1,application/json"}) {
        const auto said = boost::json::parse(site.get("/", accept).body).as_object();
        CHECK(said.contains("message"));
        CHECK(said.contains("version"));
        CHECK(said.contains("docs"));
        CHECK(said.contains("status"));
    }
}

TEST_CASE("an invite shows its guild as text until it ends") {
    Site site;
    NodeFixture& node = site.node;
    const auto owner = node.add_user("ann");
    const auto guild = node.make_guild(owner, "The <b>\"Tea\" & Room</b>");
    protocol::api::InviteCreate request;
    request.max_age = 60;
    const auto made = node.ok(
        node.invites.create(NodeFixture::as(owner), guild, node.text_channel(guild), request));
    const std::string path = "/i/" + made.invite.code;
    const auto page = site.get(path);
    CHECK(page.status == 200);
    CHECK(has(page.body, "The &lt;b&gt;&quot;Tea&quot; &amp; Room&lt;/b&gt;"));
    CHECK(has(page.body, "ann invites you"));
    CHECK(has(page.body, made.invite.code));
    CHECK(has(page.body, "1 member"));
    node.loop.advance(std::chrono::seconds(61));
    CHECK(site.get(path).status == 404);
    CHECK(has(site.get("/i/nonsense").body, "invite"));
}

TEST_CASE("files of the pages are sent compressed to who takes it, and once") {
    Site site;
    const auto style = site.get("/assets/style.css");
    CHECK(style.status == 200);
    CHECK(style.content_type == "text/css; charset=utf-8");
    const auto plain = site.get("/assets/viewer-licence.txt");
    if (plain.status == 404) {
        WARN("built without the viewer");
        return;
    }
    CHECK(has(plain.body, "Apache License"));
    const auto packed = site.get("/assets/viewer-licence.txt", "*/*", Method::get, "gzip, br");
    CHECK(has(packed.head, "Content-Encoding: gzip"));
    CHECK(packed.body.size() < plain.body.size());
}

TEST_CASE("what is not there is said in the asker's language") {
    Site site;
    CHECK(has(site.get("/nothing").body, "<h1>"));
    const auto said = boost::json::parse(site.get("/nothing", "*/*").body).as_object();
    CHECK(said.at("message").as_string() == "404: Not Found");
    CHECK(site.get("/nothing").status == 404);
    CHECK(site.get("/", kBrowser, Method::post).status == 405);
}

TEST_CASE("the reference lists every route without a script") {
    Site site;
    const auto page = site.get("/docs");
    for (const rest::Route* route : site.routes)
        CHECK(has(page.body, pages::escape(route->pattern)));
}
