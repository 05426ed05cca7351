#include "node/base/address.h"

#include "tests/catch.h"

using namespace guildhall::base;

TEST_CASE("IPv4 and its mapped IPv6 form are one address") {
    CHECK(IpAddress::parse("127.0.0.1") == IpAddress::parse("::ffff:127.0.0.1"));
    CHECK(IpAddress::parse("127.0.0.1")->str() == "127.0.0.1");
    CHECK(IpAddress::parse("2001:db8::1")->str() == "2001:db8::1");
    CHECK(!IpAddress::parse("127.0.0.256"));
    CHECK(!IpAddress::parse("example.org"));
    CHECK(!IpAddress::parse(std::string_view("::1\0@example.org", 16)));
}

TEST_CASE("an address is global only outside every special range") {
    const auto is_global = [](const char* text) { return IpAddress::parse(text)->is_global(); };
    for (const char* text : {"1.1.1.1",
                             "8.8.8.8",
                             "172.15.255.255",
                             "172.32.0.0",
                             "100.63.255.255",
                             "100.128.0.0",
                             "2606:4700::1111",
                             "223.255.255.255"}) {
        INFO(text);
        CHECK(is_global(text));
    }
    for (const char* text : {"0.0.0.0",
                             "10.1.2.3",
                             "127.0.0.1",
                             "169.254.169.254",
                             "172.16.0.0",
                             "172.31.255.255",
                             "192.168.0.1",
                             "100.64.0.0",
                             "100.127.255.255",
                             "224.0.0.1",
                             "255.255.255.255",
                             "198.18.0.1",
                             "::",
                             "::1",
                             "fe80::1",
                             "fc00::1",
                             "fd12::1",
                             "ff02::1",
                             "2001:db8::1",
                             "2002:7f00:1::",
                             "64:ff9b::7f00:1",
                             "::ffff:10.0.0.1"}) {
        INFO(text);
        CHECK(!is_global(text));
    }
}

TEST_CASE("host and port are parsed strictly") {
    CHECK(parse_host_port("example.org:8447")->host == "example.org");
    CHECK(parse_host_port("example.org:8447")->port == 8447);
    CHECK(parse_host_port("[::1]:80")->host == "::1");
    CHECK(parse_host_port("example.org", 443)->port == 443);
    CHECK(parse_host_port("a:65535")->port == 65535);
    for (const char* text : {"",
                             ":80",
                             "example.org",
                             "example.org:",
                             "a:65536",
                             "a:080",
                             "a:-1",
                             "a:1x",
                             "a b:1",
                             "::1:80",
                             "[::1]",
                             "[::1",
                             "[example]:1",
                             "[1.2.3.4]:1",
                             "user@host:1",
                             "host/path:1",
                             "a,b:1",
                             "[::1]x:1"}) {
        INFO(text);
        CHECK(!parse_host_port(text));
    }
    CHECK(Endpoint::parse("127.0.0.1:80")->str() == "127.0.0.1:80");
    CHECK(Endpoint::parse("[::1]:80")->str() == "[::1]:80");
    CHECK(!Endpoint::parse("localhost:80"));
}
