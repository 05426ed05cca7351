#include "tests/bench/load/options.h"

#include "tests/bench/common/support.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <string_view>

namespace guildhall::bench {

namespace {

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        parts.emplace_back(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return parts;
}

struct Row {
    std::string_view name;
    void (*set)(Options&, const char* value);
};

constexpr auto kRows = std::to_array<Row>({
    {"--port", [](Options& o, const char* v) { o.port = static_cast<std::uint16_t>(atoi(v)); }},
    {"--session-port",
     [](Options& o, const char* v) { o.session_port = static_cast<std::uint16_t>(atoi(v)); }},
    {"--pid", [](Options& o, const char* v) { o.pid = atoi(v); }},
    {"--dialect", [](Options& o, const char* v) { o.dialect = v; }},
    {"--channels", [](Options& o, const char* v) { o.channels = split(v); }},
    {"--tokens", [](Options& o, const char* v) { o.tokens = split(v); }},
    {"--authors", [](Options& o, const char* v) { o.authors = split(v); }},
    {"--authorization", [](Options& o, const char* v) { o.authorization = v; }},
    {"--intents", [](Options& o, const char* v) { o.intents = strtoull(v, nullptr, 10); }},
    {"--guilds", [](Options& o, const char* v) { o.guilds = atoi(v); }},
    {"--zlib", [](Options& o, const char* v) { o.zlib = atoi(v) != 0; }},
    {"--connections", [](Options& o, const char* v) { o.connections = atoi(v); }},
    {"--sessions", [](Options& o, const char* v) { o.sessions = atoi(v); }},
    {"--opening", [](Options& o, const char* v) { o.opening = atoi(v); }},
    {"--window", [](Options& o, const char* v) { o.window = atoi(v); }},
    {"--rate", [](Options& o, const char* v) { o.rate = atof(v); }},
    {"--size", [](Options& o, const char* v) { o.size = atoi(v); }},
    {"--requests", [](Options& o, const char* v) { o.requests = strtoull(v, nullptr, 10); }},
    {"--warm", [](Options& o, const char* v) { o.warm = atof(v); }},
    {"--seconds", [](Options& o, const char* v) { o.seconds = atof(v); }},
    {"--drain", [](Options& o, const char* v) { o.drain = atof(v); }},
    {"--hold", [](Options& o, const char* v) { o.hold = atof(v); }},
    {"--server-core", [](Options& o, const char* v) { o.server_core = atoi(v); }},
    {"--folder", [](Options& o, const char* v) { o.folder = v; }},
});

}  // namespace

Options parse_options(int argc, char** argv) {
    if (argc < 2)
        die("usage: guildhall_load create|history|fanout|idle|ready|fsync [--NAME VALUE]...");
    Options options;
    options.mode = argv[1];
    for (int i = 2; i < argc; i++) {
        const std::string_view name = argv[i];
        if (name == "--") {
            options.command.assign(argv + i + 1, argv + argc);
            break;
        }
        const auto* row =
            std::find_if(kRows.begin(), kRows.end(), [&](const Row& r) { return r.name == name; });
        if (row == kRows.end()) die("unknown option " + std::string(name));
        if (++i == argc) die(std::string(name) + " needs a value");
        row->set(options, argv[i]);
    }
    return options;
}

}  // namespace guildhall::bench
