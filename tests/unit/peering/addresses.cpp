// Texts by which nodes are found: what a person writes, what a node says of itself.
#include "node/peering/link/discovery.h"
#include "node/peering/link/node_address.h"
#include "tests/catch.h"

using namespace guildhall;
using peering::parse_link_endpoint;
using peering::parse_node_address;
using peering::parse_remote_invite;
using peering::parse_well_known;

TEST_CASE("an address of a node is a host, perhaps a port and the beginning of a uid") {
    const auto plain = parse_node_address("Chat.Example");
    REQUIRE(plain);
    CHECK(plain->host == "chat.example");
    CHECK(plain->port == 0);
    const auto all = parse_node_address("10.0.0.2:8447~9F3A");
    REQUIRE(all);
    CHECK(all->host == "10.0.0.2");
    CHECK(all->port == 8447);
    CHECK(all->uid_prefix == "9f3a");
    federation::Hash32 uid{};
    uid[0] = 0x9f;
    uid[1] = 0x3a;
    CHECK(all->fits(uid));
    uid[1] = 0x3b;
    CHECK_FALSE(all->fits(uid));
    const auto six = parse_node_address("[::1]:8447");
    REQUIRE(six);
    CHECK(six->host == "::1");
    for (const char* bad : {"",
                            "~9f",
                            "a.example~",
                            "a.example~xy",
                            "a b",
                            "a.example:0x1",
                            "a.example:70000",
                            "a@b",
                            "0x7f.1",
                            "127.1"}) {
        INFO(bad);
        CHECK_FALSE(parse_node_address(bad));
    }
}

TEST_CASE("an invite of another node has its code before the @") {
    const auto invite = parse_remote_invite("aB3@b.example:8447");
    REQUIRE(invite);
    CHECK(invite->code == "aB3");
    CHECK(invite->node.host == "b.example");
    CHECK_FALSE(parse_remote_invite("aB3"));
    CHECK_FALSE(parse_remote_invite("@b.example"));
    CHECK_FALSE(parse_remote_invite("a@b@c"));
}

TEST_CASE("an endpoint of links is host and port, or a WebSocket, never another service's port") {
    const auto tcp = parse_link_endpoint("b.example");
    REQUIRE(tcp);
    CHECK(tcp->where.port == peering::kLinkPort);
    CHECK_FALSE(tcp->is_web_socket);
    const auto web = parse_link_endpoint("wss://b.example");
    REQUIRE(web);
    CHECK(web->where.port == 443);
    CHECK(web->is_tls);
    const auto plain = parse_link_endpoint("ws://127.0.0.1:8080");
    REQUIRE(plain);
    CHECK(plain->where.port == 8080);
    CHECK_FALSE(plain->is_tls);
    for (const char* bad : {"b.example:22",
                            "b.example:25",
                            "https://b.example",
                            "b.example:0",
                            "",
                            "wss://b.example/x",
                            "0x7f.1:8447"}) {
        INFO(bad);
        CHECK_FALSE(parse_link_endpoint(bad));
    }
}

TEST_CASE("a well-known document is bounded and checked") {
    const std::string uid(64, 'a');
    const auto good = parse_well_known(R"({"uid":")" + uid +
                                       R"(","name":"b.example","endpoints":["b.example:8447",)"
                                       R"("b.example:22",7]})");
    REQUIRE(good);
    CHECK(good->name == "b.example");
    CHECK(good->endpoints == std::vector<std::string>{"b.example:8447"});
    std::string many = R"({"uid":")" + uid + R"(","endpoints":[)";
    for (int i = 0; i < 100; ++i) many += (i == 0 ? "\"b.example\"" : ",\"b.example\"");
    CHECK(parse_well_known(many + "]}")->endpoints.size() == federation::limits::kEndpointsMax);
    for (const std::string& bad : {std::string("{}"),
                                   std::string("[]"),
                                   std::string("not json"),
                                   std::string(R"({"uid":"ab"})"),
                                   R"({"uid":7,"name":")" + uid + R"("})",
                                   std::string(70'000, ' ') + R"({"uid":")" + uid + R"("})"}) {
        CHECK_FALSE(parse_well_known(bad));
    }
}
