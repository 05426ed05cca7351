#include "node/base/http/strict.h"

#include "tests/catch.h"
#include "tests/unit/base/http/echo_server.h"

using namespace guildhall::base::http;
using namespace guildhall::tests;

namespace {

/// The status of the answer to `head` (without its empty line) with a body of five bytes behind it.
int status_of(const std::string& head) {
    EchoServer echo;
    const auto client = echo.connect();
    client->send(head + "\r\n\r\nhello");
    echo.loop.run();
    const auto reply = take_reply(*client);
    REQUIRE(reply);
    // What was refused is closed: where the next request starts is not known.
    if (reply->status == 400) CHECK(reply->header("connection") == "close");
    return reply->status;
}

const std::string kPost = "POST / HTTP/1.1\r\nHost: a\r\n";

}  // namespace

TEST_CASE("a body has one length, given in one way") {
    CHECK(status_of(kPost + "Content-Length: 5") == 200);
    for (const char* framing : {"Content-Length: 5\r\nTransfer-Encoding: chunked",
                                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                                "Transfer-Encoding: chunked, chunked",
                                "Transfer-Encoding: , chunked",
                                "Transfer-Encoding: gzip, chunked",
                                "Transfer-Encoding: chunked, gzip",
                                "Transfer-Encoding: xchunked",
                                "Transfer-Encoding: identity",
                                "Transfer-Encoding:",
                                "Content-Length: 5\r\nContent-Length: 6",
                                "Content-Length: 5x",
                                "Content-Length: -5",
                                "Content-Length: +5",
                                "Content-Length:",
                                "Content-Length: 5\r\nContent_Length: 4",
                                "Content-Length: 5\r\nTransfer_Encoding: chunked",
                                "Content-Length : 5"}) {
        INFO(framing);
        CHECK(status_of(kPost + framing) == 400);
    }
    CHECK(status_of("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked") == 400);
}

TEST_CASE("a request of HTTP/1.1 names one host, and nothing but a host") {
    for (const char* host : {"a", "a.example:8080", "127.0.0.1", "[::1]:80", "A_b-c.d"}) {
        INFO(host);
        CHECK(status_of("GET / HTTP/1.1\r\nHost: " + std::string(host)) == 200);
    }
    for (const char* host : {"",
                             "a b",
                             "a, b",
                             "user@a",
                             "a/path",
                             "a:port",
                             "a:99999",
                             "::1",
                             "a?b",
                             "a#b",
                             "[::1",
                             "\xC3\xA9"}) {
        INFO(host);
        CHECK(status_of("GET / HTTP/1.1\r\nHost: " + std::string(host)) == 400);
    }
    CHECK(status_of("GET / HTTP/1.1\r\nX: y") == 400);
    CHECK(status_of("GET / HTTP/1.1\r\nHost: a\r\nHost: a") == 400);
    CHECK(status_of("GET / HTTP/1.0\r\nX: y") == 200);
}

TEST_CASE("a target is a path of visible ASCII") {
    for (const char* target : {"/", "/a?b=c", "/%00", "/a\\b", "http://a/b", "HTTPS://a"}) {
        INFO(target);
        CHECK(status_of("GET " + std::string(target) + " HTTP/1.1\r\nHost: a") == 200);
    }
    for (const char* target :
         {"*", "a", "?x", "/caf\xC3\xA9", "/a#b", "/a\x7f", "ftp://a/b", "a:80"}) {
        INFO(target);
        CHECK(status_of("GET " + std::string(target) + " HTTP/1.1\r\nHost: a") == 400);
    }
    CHECK(status_of("OPTIONS * HTTP/1.1\r\nHost: a") == 204);
}

TEST_CASE("folded lines and bare carriage returns are refused") {
    CHECK(check_raw_head("GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n"));
    CHECK(check_raw_head("GET / HTTP/1.1\r\nA: b\r\n\tc\r\n\r\n"));
    CHECK(check_raw_head("GET / HTTP/1.1\r\nA: b\rc\r\n\r\n"));
    CHECK(check_raw_head("GET / HTTP/1.1\r"));
    CHECK(!check_raw_head("GET / HTTP/1.1\r\nA: b c\td\r\n\r\n"));
}

TEST_CASE("versions we do not speak are told so, what is no version is malformed") {
    CHECK(status_of("GET / HTTP/1.2\r\nHost: a") == 505);
    CHECK(status_of("GET / HTTP/2.0\r\nHost: a") == 505);
    CHECK(status_of("GET / HTTP/01.1\r\nHost: a") == 400);
    CHECK(status_of("GET / http/1.1\r\nHost: a") == 400);
    CHECK(status_of("GET /a b HTTP/1.1\r\nHost: a") == 400);
}
