#include "node/base/http/forwarded.h"

#include "node/base/http/server.h"
#include "node/base/memory_stream.h"
#include "node/base/rng.h"
#include "tests/catch.h"
#include "tests/support/loop.h"
#include "tests/support/stream_client.h"

using namespace guildhall::base;
using namespace guildhall::base::http;
namespace tests = guildhall::tests;

namespace {

std::vector<AddressRange> ranges(std::initializer_list<const char*> texts) {
    std::vector<AddressRange> out;
    for (const char* text : texts) out.push_back(AddressRange::parse(text).value());
    return out;
}

const std::vector<AddressRange> kProxies = ranges({"127.0.0.1", "10.0.0.0/8", "fd00::/8"});

/// Whom a request through `peer` with these header lines comes from.
std::string from(const char* peer, std::initializer_list<const char*> lines) {
    Request request(Method::get, "/");
    for (const char* line : lines) request.add_header("x-forwarded-for", line);
    return client_address(request, IpAddress::parse(peer).value(), kProxies).str();
}

/// Answers with the address that it takes the caller for.
struct PeerEcho final : Handler {
    Task<Response> serve(Request& request) override {
        co_return Response::json(200, request.peer.ip.str());
    }
    Task<Upgrade> upgrade(Request&) override { co_return Upgrade::refuse(Response::empty()); }
    std::size_t body_limit(const Request&) const override { return 0; }
};

}  // namespace

TEST_CASE("a network holds the addresses that share its first bits, and no other") {
    const auto holds = [](const char* range, const char* ip) {
        return AddressRange::parse(range).value().contains(IpAddress::parse(ip).value());
    };
    CHECK(holds("10.0.0.0/8", "10.255.255.255"));
    CHECK(holds("10.1.2.3/8", "::ffff:10.0.0.1"));
    CHECK_FALSE(holds("10.0.0.0/8", "11.0.0.0"));
    CHECK(holds("192.0.2.128/25", "192.0.2.128"));
    CHECK_FALSE(holds("192.0.2.128/25", "192.0.2.127"));
    CHECK(holds("192.0.2.1", "192.0.2.1"));
    CHECK_FALSE(holds("192.0.2.1", "192.0.2.2"));
    CHECK(holds("0.0.0.0/0", "203.0.113.9"));
    CHECK_FALSE(holds("0.0.0.0/0", "2001:db8::1"));
    CHECK(holds("2001:db8::/33", "2001:db8:7fff::1"));
    CHECK_FALSE(holds("2001:db8::/33", "2001:db8:8000::1"));
    for (const char* text : {"", "/8", "10.0.0.0/", "10.0.0.0/33", "::1/129", "a/8", "10.0.0.0/-1"})
        CHECK_FALSE(AddressRange::parse(text));
}

TEST_CASE("X-Forwarded-For from a peer that is not trusted is ignored") {
    CHECK(from("203.0.113.5", {"192.0.2.1"}) == "203.0.113.5");
    CHECK(from("203.0.113.5", {"192.0.2.1, 127.0.0.1"}) == "203.0.113.5");
    CHECK(from("::1", {"192.0.2.1"}) == "::1");
}

TEST_CASE("behind a trusted proxy the last address that is no proxy is the caller") {
    CHECK(from("127.0.0.1", {}) == "127.0.0.1");
    CHECK(from("127.0.0.1", {"192.0.2.1"}) == "192.0.2.1");
    // What the caller wrote stands before what the proxy saw.
    CHECK(from("127.0.0.1", {"8.8.8.8, 192.0.2.1"}) == "192.0.2.1");
    CHECK(from("127.0.0.1", {"8.8.8.8,127.0.0.1", "192.0.2.1 , 10.0.0.7"}) == "192.0.2.1");
    CHECK(from("fd00::1", {"2001:db8::7, 10.1.1.1"}) == "2001:db8::7");
    CHECK(from("127.0.0.1", {"10.0.0.2, 10.0.0.1"}) == "10.0.0.2");
    CHECK(from("127.0.0.1", {"192.0.2.1:4711"}) == "192.0.2.1");
    CHECK(from("127.0.0.1", {"[2001:db8::7]:4711"}) == "2001:db8::7");
}

TEST_CASE("an entry that is no address ends the search at the proxy that passed it on") {
    CHECK(from("127.0.0.1", {"unknown"}) == "127.0.0.1");
    CHECK(from("127.0.0.1", {"192.0.2.1, unknown, 10.0.0.3"}) == "10.0.0.3");
    CHECK(from("127.0.0.1", {"192.0.2.1,"}) == "127.0.0.1");
    CHECK(from("127.0.0.1", {""}) == "127.0.0.1");
}

TEST_CASE("handlers see the caller behind a trusted proxy, with every request anew") {
    tests::Loop loop;
    PeerEcho handler;
    SeededRng rng{1};
    const auto ask = [&](std::vector<AddressRange> trusted) {
        ServerOptions options;
        options.trusted_proxies = std::move(trusted);
        Server server(loop.shards, handler, rng, nullptr, options);
        MemoryStreamOptions through;
        through.first_peer.ip = IpAddress::parse("10.0.0.1").value();
        auto [ours, theirs] = make_memory_streams(loop.shard(), through);
        server.attach(loop.shard(), std::move(ours));
        tests::StreamClient client(std::move(theirs));
        const std::string head = "GET / HTTP/1.1\r\nHost: localhost\r\n";
        client.send(head + "X-Forwarded-For: 192.0.2.1\r\n\r\n" + head +
                    "X-Forwarded-For: 192.0.2.2\r\n\r\n" + head + "\r\n");
        loop.run();
        std::vector<std::string> seen;
        while (const auto reply = tests::take_reply(client)) seen.push_back(reply->body);
        client.close();
        loop.run();
        return seen;
    };
    CHECK(ask(kProxies) == std::vector<std::string>{"192.0.2.1", "192.0.2.2", "10.0.0.1"});
    CHECK(ask({}) == std::vector<std::string>(3, "10.0.0.1"));
}
