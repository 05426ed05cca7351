#include "node/app/config.h"

#include "protocol/errors.h"
#include "tests/catch.h"
#include "tests/support/files.h"
#include "tests/support/temp_folder.h"

#include <fstream>
#include <set>
#include <sstream>

using namespace guildhall;
using app::Config;

namespace {

/// The operator's line about an assignment; "" for a good one.
std::string fault(const std::string& assignment) {
    Config config;
    const auto done = app::set(config, assignment);
    return done ? "" : std::string(protocol::error_message(done.error()));
}

/// A value that each key takes, and values that it does not.
struct Sample {
    std::string key;
    std::vector<std::string> good, bad;
};
const std::vector<Sample> kSamples = {
    {"listen", {"127.0.0.1:0", "[::1]:8080", "example.org:80"}, {"", "8080", "a:b", "a:70000"}},
    {"public_url", {"https://a.example", "http://127.0.0.1:80/"}, {"", "a.example", "ftp://a"}},
    {"tls.cert", {"/a/b.pem"}, {}},
    {"tls.key", {"/a/b.pem"}, {}},
    {"name", {"a.example", "localhost"}, {"", "a b", "a@b", "a/b", std::string(254, 'a')}},
    {"federation.listen", {"off", "127.0.0.1:1"}, {"", "on", "1"}},
    {"federation.allow_private", {"on", "off", "true", "false"}, {"", "yes", "1"}},
    {"federation.trust", {"open", "hold", "allowlist"}, {"", "closed", "Open"}},
    {"federation.endpoints",
     {"a.example:8447", "wss://a.example, b.example:8448"},
     {"http://a.example", "ftp://a.example:1"}},
    {"federation.cache_mb", {"16", "1024", "1048576"}, {"", "15", "1048577", "1x", "-1"}},
    {"registration", {"open", "invite", "closed"}, {"", "shut"}},
    {"rate_limits", {"on", "off"}, {"", "maybe"}},
    {"trusted_proxies",
     {"", "none", "127.0.0.1", "10.0.0.0/8, fd00::/8", "::1 192.0.2.0/24"},
     {"nginx", "10.0.0.0/33", "::1/129", "127.0.0.1:80", "10.0.0.0/", "10.0.0.0/8x"}},
    {"shards", {"1", "64"}, {"", "0", "65", "-1", "2x", "99999999999"}},
    {"store", {"sqlite"}, {"", "mysql", "postgres://a/b"}},
    {"bus", {"local"}, {"", "nats://a", "x"}},
    {"log.level", {"trace", "debug", "info", "warn", "error", "off"}, {"", "INFO", "loud"}},
};

/// The words in `code` marks of a Markdown row's first cell.
void keys_of_row(const std::string& line, std::set<std::string>& out) {
    const std::string cell = line.substr(0, line.find('|', 1));
    for (std::size_t at = 0;;) {
        const auto from = cell.find('`', at);
        if (from == cell.npos) return;
        const auto to = cell.find('`', from + 1);
        out.insert(cell.substr(from + 1, to - from - 1));
        at = to + 1;
    }
}

}  // namespace

TEST_CASE("every key takes its good values and refuses others by its name") {
    std::set<std::string> sampled;
    for (const Sample& sample : kSamples) {
        sampled.insert(sample.key);
        for (const auto& value : sample.good) CHECK(fault(sample.key + "=" + value) == "");
        for (const auto& value : sample.bad) {
            CAPTURE(sample.key, value);
            const auto line = fault(sample.key + "=" + value);
            CHECK(line.starts_with(sample.key + ": "));
            CHECK(line.find('\n') == line.npos);
        }
    }
    std::set<std::string> known;
    for (const app::ConfigKey& key : app::config_keys()) known.insert(std::string(key.name));
    CHECK(sampled == known);
}

TEST_CASE("docs/CONFIG.md lists the keys that there are, and no other") {
    const auto text = tests::read_file(tests::source_path("docs/CONFIG.md"));
    REQUIRE(text);
    std::set<std::string> documented, known;
    std::istringstream lines(*text);
    for (std::string line; std::getline(lines, line);) {
        const bool is_metric = line.starts_with("| `guildhall_");
        if (line.starts_with("| `") && !is_metric) keys_of_row(line, documented);
    }
    for (const app::ConfigKey& key : app::config_keys()) {
        known.insert(std::string(key.name));
        CHECK(!key.meaning.empty());
        CHECK(!key.fallback.empty());
    }
    CHECK(documented == known);
}

TEST_CASE("defaults are what the table says") {
    const Config config;
    CHECK(config.listen == "127.0.0.1:8080");
    CHECK(config.registration == "open");
    CHECK(config.rate_limits);
    CHECK(config.shards == 0);
    CHECK(config.log_level == base::LogLevel::info);
    for (const app::ConfigKey& key : app::config_keys()) {
        CAPTURE(key.name);
        const bool is_value = key.fallback.find(' ') == key.fallback.npos && key.fallback != "none";
        Config set_to_default;
        if (is_value) CHECK(key.set(set_to_default, std::string(key.fallback)));
        CHECK(set_to_default.listen == config.listen);
        CHECK(set_to_default.name == config.name);
        CHECK(set_to_default.rate_limits == config.rate_limits);
    }
}

TEST_CASE("an assignment may have spaces, and needs a key that there is") {
    Config config;
    CHECK(app::set(config, " registration = closed "));
    CHECK(config.registration == "closed");
    CHECK(app::set(config, "public_url=http://a/?b=c//"));
    CHECK(config.public_url == "http://a/?b=c");
    CHECK(fault("registration") == "'registration' is not key=value");
    CHECK(fault("no.such=1") == "there is no key 'no.such'");
    CHECK(fault("=1") == "there is no key ''");
}

TEST_CASE("a file is read line by line, and its faults have a line number") {
    tests::TempFolder folder;
    const std::string path = folder / "guildhall.conf";
    std::ofstream(path) << "# a comment\n\nname = a.example  # ours\r\nshards=2\n";
    Config config;
    REQUIRE(app::read_config_file(config, path));
    CHECK(config.name == "a.example");
    CHECK(config.shards == 2);
    std::ofstream(path) << "shards=2\nshards=none\n";
    const auto wrong = app::read_config_file(config, path);
    REQUIRE(!wrong);
    CHECK(wrong.error().message == path + " line 2: shards: 'none' is not a number from 1 to 64");
    CHECK(!app::read_config_file(config, folder / "nothing"));
}

TEST_CASE("a node that listens on every address has to be told its public one") {
    const auto lacks = [](const std::string& listen, const std::string& url) {
        Config config;
        config.listen = listen;
        config.public_url = url;
        return app::lacks_public_url(config);
    };
    CHECK(lacks("0.0.0.0:8080", ""));
    CHECK(lacks("[::]:443", ""));
    CHECK(!lacks("0.0.0.0:8080", "https://a.example"));
    CHECK(!lacks("127.0.0.1:8080", ""));
    CHECK(!lacks("[::1]:8080", ""));
    CHECK(!lacks("192.0.2.1:80", ""));
}
