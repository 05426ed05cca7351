// Rows 32 and 33 of the threats of federation, as far as they concern the fetcher. Public addresses
// are those of a network in memory, so that nothing is switched off to test it.
#include "node/base/fetch.h"

#include "node/base/memory_network.h"
#include "tests/catch.h"
#include "tests/support/certificate.h"
#include "tests/support/loop.h"
#include "tests/support/stream_client.h"

#include <unistd.h>

using namespace guildhall::base;
using namespace std::chrono_literals;
using guildhall::tests::Loop;
using guildhall::tests::StreamClient;

namespace {

const IpAddress kOurs = *IpAddress::parse("93.184.216.1");
const IpAddress kPublic = *IpAddress::parse("93.184.216.34");
const IpAddress kPublic6 = *IpAddress::parse("2606:4700::1111");
constexpr std::string_view kHello =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\nhello";

const guildhall::tests::Certificate& identity() {
    static const auto made = guildhall::tests::make_certificate();  // For localhost.
    return made;
}

/// Keeps what is dialed.
class WatchedNetwork final : public Network {
  public:
    explicit WatchedNetwork(Network& below) : below_(below) {}
    Task<Result<std::unique_ptr<ByteStream>>> dial(Shard& shard,
                                                   Endpoint to,
                                                   Nanos limit) override {
        dialed.push_back(to.str());
        return below_.dial(shard, to, limit);
    }
    Result<std::unique_ptr<Listener>> listen(const Endpoint& where, OnAccept accept) override {
        return below_.listen(where, std::move(accept));
    }

    std::vector<std::string> dialed;

  private:
    Network& below_;
};

/// Answers every connection with `answer`, by TLS or plainly.
struct Site {
    Site(Network& network, const Endpoint& where, bool is_tls = true)
        : tls(make_server_tls(identity().certificate_pem, identity().key_pem).value()) {
        auto accept = [this, is_tls](Shard& shard, std::unique_ptr<ByteStream> stream) {
            if (is_tls) stream = tls->wrap(std::move(stream));
            clients.push_back(std::make_unique<StreamClient>(std::move(stream)));
            clients.back()->send(answer);
            // Later: the handshake of TLS comes first.
            StreamClient* const client = clients.back().get();
            if (closes) shard.timers().schedule_after(10ms, [client] { client->close(); });
        };
        listener = network.listen(where, std::move(accept)).value();
    }
    const std::string& request() const { return clients.back()->received; }

    std::string answer{kHello};
    bool closes = false;
    std::unique_ptr<TlsContext> tls;
    std::vector<std::unique_ptr<StreamClient>> clients;
    std::unique_ptr<Listener> listener;
};

struct World {
    World()
        : memory(1),
          ours(memory.host(kOurs, loop.shards)),
          theirs(memory.host(kPublic, loop.shards)),
          network(*ours),
          tls(make_client_tls(identity().certificate_pem).value()) {
        table.address_rows["localhost"] = {{kPublic}};
        table.address_rows["other.example"] = {{kPublic}};
    }
    Result<Fetched> get(const std::string& url, FetchOptions options = {}) {
        const Fetcher fetcher(network, table, *tls, options);
        return loop.wait(fetcher.get(loop.shard(), url), 5s);
    }
    /// Refused before anything is asked or dialed.
    int refused(const std::string& url) {
        const auto fetched = get(url);
        CHECK(table.asked.empty());
        CHECK(network.dialed.empty());
        return fetched ? 200 : fetched.error().status;
    }
    std::string fault(const std::string& url) {
        const auto fetched = get(url);
        return fetched ? "none" : fetched.error().message;
    }

    Loop loop;
    MemoryNetwork memory;
    std::unique_ptr<Network> ours, theirs;
    WatchedNetwork network;
    TableResolver table;
    std::unique_ptr<TlsContext> tls;
};

std::string with_body(std::size_t bytes) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n" +
           std::string(bytes, 'b');
}

}  // namespace

TEST_CASE("a document is fetched from the checked address, by its name") {
    World world;
    Site site(*world.theirs, {kPublic, 443});
    auto fetched = world.get("https://localhost/.well-known/guildhall?x=1");
    REQUIRE(fetched);
    CHECK(fetched->body == "hello");
    CHECK(fetched->content_type == "application/json");
    CHECK(site.request().find("GET /.well-known/guildhall?x=1 HTTP/1.1\r\nHost: localhost\r\n") ==
          0);
    CHECK(world.network.dialed == std::vector<std::string>{"93.184.216.34:443"});
    CHECK(world.loop.shard().timers().size() == 0);

    Site other(*world.theirs, {kPublic, 8443});
    other.answer =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    fetched = world.get("https://localhost:8443");
    REQUIRE(fetched);
    CHECK(fetched->body == "abcde");
    CHECK(other.request().find("GET / HTTP/1.1\r\nHost: localhost:8443\r\n") == 0);

    other.answer = "HTTP/1.1 200 OK\r\n\r\nuntil the end";
    other.closes = true;
    CHECK(world.get("https://localhost:8443/").value().body == "until the end");
}

TEST_CASE("URLs that a stranger should not send us to are refused before anything is asked") {
    World world;
    for (const char* url : {"",
                            "localhost",
                            "/path",
                            "http://localhost/",
                            "ftp://localhost/",
                            "file:///etc/passwd",
                            "https:///path",
                            "https://",
                            "https://user@localhost/",
                            "https://user:pass@localhost/",
                            "https://localhost:22/",
                            "https://localhost:25/",
                            "https://localhost:80/",
                            "https://localhost:0/",
                            "https://localhost:/",
                            "https://localhost:65536/",
                            "https://localhost:1023/",
                            "https://0x7f.1/",
                            "https://2130706433/",
                            "https://0177.0.0.1/",
                            "https://127.1/",
                            "https://%31%32%37.0.0.1/",
                            "https://local%68ost/",
                            "https://localhost./",
                            "https://[::ffff:127.0.0.1]/",
                            "https://[::ffff:8.8.8.8]/",
                            "https://[v1.x]/",
                            "https://loc\r\nalhost/",
                            "https://localhost/a b"}) {
        INFO(url);
        CHECK(world.refused(url) == 400);
    }
    const std::string frame = "https://localhost/";
    CHECK(world.refused(frame + std::string(2049 - frame.size(), 'a')) == 400);
}

TEST_CASE("the ports that may be fetched from are https's and those of nobody in particular") {
    for (const std::uint16_t port : {443, 1024, 8443, 8447, 65535}) CHECK(is_fetch_port(port));
    for (const std::uint16_t port : {0, 22, 25, 53, 80, 110, 442, 444, 1023}) {
        CHECK(!is_fetch_port(port));
    }
}

TEST_CASE("an address that is not public is never connected to, as a literal or by a name") {
    World world;
    for (const char* text : {"127.0.0.1",
                             "0.0.0.0",
                             "10.0.0.1",
                             "100.64.0.1",
                             "169.254.169.254",
                             "172.16.0.1",
                             "192.168.0.1",
                             "192.0.2.1",
                             "224.0.0.1",
                             "255.255.255.255",
                             "::",
                             "::1",
                             "fe80::1",
                             "fd00::1",
                             "ff02::1",
                             "64:ff9b::7f00:1",
                             "64:ff9b::5db8:d822",
                             "2001:db8::1",
                             "2002:7f00:1::"}) {
        INFO(text);
        const IpAddress ip = *IpAddress::parse(text);
        const auto literal = world.get("https://" + (ip.is_v4() ? ip.str() : "[" + ip.str() + "]"));
        REQUIRE(!literal);
        CHECK(literal.error().status == 403);
        world.table.address_rows["rebound.example"] = {{ip}};
        const auto named = world.get("https://rebound.example/");
        REQUIRE(!named);
        CHECK(named.error().status == 403);
    }
    CHECK(world.network.dialed.empty());
}

TEST_CASE("private addresses among public ones are left out, and the next is tried") {
    World world;
    Site site(*world.theirs, {kPublic, 443});
    world.table.address_rows["localhost"] = {
        {*IpAddress::parse("127.0.0.1"), kPublic6, *IpAddress::parse("10.0.0.1"), kPublic}};
    CHECK(world.get("https://localhost/").value().body == "hello");
    CHECK(world.network.dialed ==
          std::vector<std::string>{"[2606:4700::1111]:443", "93.184.216.34:443"});
}

TEST_CASE("a name is resolved once: its second answer does not count") {
    World world;
    Site site(*world.theirs, {kPublic, 443});
    world.table.address_rows["localhost"] = {{kPublic}, {*IpAddress::parse("127.0.0.1")}};
    CHECK(world.get("https://localhost/"));
    CHECK(world.table.asked.size() == 1);
    CHECK(world.network.dialed == std::vector<std::string>{"93.184.216.34:443"});
    CHECK(!world.get("https://localhost/"));
    CHECK(world.network.dialed.size() == 1);
}

TEST_CASE("a redirect is an answer that says no") {
    World world;
    Site site(*world.theirs, {kPublic, 443});
    for (const char* status : {"301", "302", "303", "307", "308"}) {
        site.answer = std::string("HTTP/1.1 ") + status +
                      " Found\r\nLocation: http://169.254.169.254/latest/meta-data/\r\n"
                      "Content-Length: 0\r\n\r\n";
        CHECK(world.fault("https://localhost/") == "localhost: redirects are not followed");
    }
    CHECK(world.network.dialed.size() == 5);
    CHECK(world.table.asked == std::vector<std::string>(5, "localhost"));
    site.answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    CHECK(world.fault("https://localhost/") == "localhost: answered with status 404");
}

TEST_CASE("a body has a bound, however it is framed") {
    World world;
    Site site(*world.theirs, {kPublic, 443});
    site.answer = with_body(64 * 1024);
    CHECK(world.get("https://localhost/").value().body.size() == 64 * 1024);
    const std::string too_long = "localhost: the answer is too long";
    site.answer = with_body(64 * 1024 + 1);
    CHECK(world.fault("https://localhost/") == too_long);
    site.answer =
        "HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n" + std::string(1 << 20, 'b');
    CHECK(world.fault("https://localhost/") == too_long);
    site.answer = "HTTP/1.1 200 OK\r\n\r\n" + std::string(1 << 20, 'b');
    CHECK(world.fault("https://localhost/") == too_long);
    site.answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 100; ++i) site.answer += "1000\r\n" + std::string(4096, 'b') + "\r\n";
    CHECK(world.fault("https://localhost/") == too_long);
    // Nothing but framing.
    site.answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 50'000; ++i) site.answer += "1;" + std::string(8, 'x') + "\r\nb\r\n";
    CHECK(world.fault("https://localhost/") == too_long);
}

TEST_CASE("a head has a bound and must be HTTP") {
    World world;
    Site site(*world.theirs, {kPublic, 443});
    site.answer = "HTTP/1.1 200 OK\r\nX: " + std::string(17 * 1024, 'x') + "\r\n\r\n";
    CHECK(world.fault("https://localhost/").find("localhost: the answer is no sound HTTP") == 0);
    site.answer =
        "HTTP/1.1 200 OK\r\nX: " + std::string(15 * 1024, 'x') + "\r\nContent-Length: 0\r\n\r\n";
    CHECK(world.get("https://localhost/"));
    site.answer = "SSH-2.0-OpenSSH_9.2\r\n\r\n";
    CHECK(world.fault("https://localhost/").find("localhost: the answer is no sound HTTP") == 0);
    site.answer = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";
    site.closes = true;
    CHECK(world.fault("https://localhost/") == "localhost: the connection was lost");
}

TEST_CASE("an answer that drips ends with the time, and so does none") {
    World world;
    Site site(*world.theirs, {kPublic, 443});
    site.answer = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
    std::function<void()> drip = [&] {
        if (!site.clients.empty()) site.clients.back()->send("x");
        world.loop.shard().timers().schedule_after(100ms, drip);
    };
    drip();
    const auto dripped = world.get("https://localhost/");
    REQUIRE(!dripped);
    CHECK(dripped.error().status == 504);
    CHECK(site.request().size() > 0);

    world.memory.partition(kOurs, kPublic);
    const auto silent = world.get("https://localhost/");
    REQUIRE(!silent);
    CHECK(silent.error().status == 504);
}

TEST_CASE("a certificate must be for the name and by somebody who is trusted") {
    World world;
    Site site(*world.theirs, {kPublic, 443});
    CHECK(world.fault("https://other.example/").find("hostname mismatch") != std::string::npos);
    CHECK(world.fault("https://93.184.216.34/").find("IP address mismatch") != std::string::npos);
    CHECK(site.request().empty());
    world.tls = make_client_tls().value();
    CHECK(world.fault("https://localhost/").find("self-signed certificate") != std::string::npos);
    CHECK(site.request().empty());
    CHECK(!world.get("https://other.example/"));
    // And whoever speaks no TLS is none.
    Site plain(*world.theirs, {kPublic, 8443}, false);
    CHECK(!world.get("https://localhost:8443/"));
}

TEST_CASE("a closed network may be fetched from where it was allowed, over real sockets") {
    Loop loop;
    SystemNetwork network(loop.shards);
    const IpAddress loopback = *IpAddress::parse("127.0.0.1");
    Site site(network, {loopback, 0});
    Site plain(network, {loopback, 0}, false);
    TableResolver table;
    table.address_rows["localhost"] = {{loopback}};
    const auto tls = make_client_tls(identity().certificate_pem).value();
    FetchOptions options;
    options.allow_private = true;
    const Fetcher fetcher(network, table, *tls, options);
    const auto get = [&](const std::string& url) {
        std::optional<Result<Fetched>> result;
        auto keep = [](const Fetcher* by, Shard* shard, std::string what, decltype(&result) out)
            -> Task<void> { out->emplace(co_await by->get(*shard, what)); };
        loop.shard().spawn("get", keep(&fetcher, &loop.shard(), url, &result));
        for (int i = 0; i < 20'000 && !result; ++i) {
            loop.run();
            ::usleep(100);
        }
        REQUIRE(result);
        return std::move(*result);
    };
    const std::string port = std::to_string(site.listener->local().port);
    const std::string plain_port = std::to_string(plain.listener->local().port);
    CHECK(get("https://localhost:" + port + "/").value().body == "hello");
    CHECK(get("http://localhost:" + plain_port + "/").value().body == "hello");
    CHECK(get("http://127.0.0.1:" + plain_port + "/").value().body == "hello");
    CHECK(!get("https://127.0.0.1:" + port + "/"));
    CHECK(!get("http://127.0.0.1:22/"));
}
