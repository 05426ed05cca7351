#include "node/app/config.h"

#include "federation/limits.h"
#include "node/app/fault.h"
#include "node/base/address.h"
#include "node/peering/link/discovery.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>

namespace guildhall::app {
namespace {

using protocol::Status;

std::string_view trim(std::string_view s) {
    const auto first = s.find_first_not_of(" \t\r");
    if (first == s.npos) return {};
    return s.substr(first, s.find_last_not_of(" \t\r") - first + 1);
}

template <std::string Config::* member>
Status set_text(Config& c, const std::string& value) {
    c.*member = value;
    return {};
}

template <std::string Config::* member>
Status set_address(Config& c, const std::string& value) {
    if (!base::parse_host_port(value)) return fault("'" + value + "' is not host:port");
    c.*member = value;
    return {};
}

Status set_federation_listen(Config& c, const std::string& value) {
    if (value == "off") {
        c.federation_listen = value;
        return {};
    }
    return set_address<&Config::federation_listen>(c, value);
}

/// host:port or wss://host[:port], separated by commas or spaces.
Status set_federation_endpoints(Config& c, const std::string& value) {
    std::vector<std::string> endpoints;
    std::string_view rest = value;
    while (!rest.empty()) {
        const std::string_view entry = rest.substr(0, rest.find_first_of(", "));
        rest.remove_prefix(std::min(entry.size() + 1, rest.size()));
        if (entry.empty()) continue;
        if (!peering::parse_link_endpoint(entry)) {
            return fault("'" + std::string(entry) + "' is not host:port or wss://host");
        }
        endpoints.emplace_back(entry);
    }
    if (endpoints.size() > federation::limits::kEndpointsMax) return fault("more than 8 addresses");
    c.federation_endpoints = std::move(endpoints);
    return {};
}

template <bool Config::* member>
Status set_switch(Config& c, const std::string& value) {
    const bool on = value == "on" || value == "true";
    if (!on && value != "off" && value != "false") return fault("'" + value + "' is not on or off");
    c.*member = on;
    return {};
}

template <std::string Config::* member, const auto& choices>
Status set_choice(Config& c, const std::string& value) {
    if (std::find(choices.begin(), choices.end(), value) == choices.end()) {
        std::string all;
        for (const std::string_view choice : choices)
            all += (all.empty() ? "" : ", ") + std::string(choice);
        return fault("'" + value + "' is not one of " + all);
    }
    c.*member = value;
    return {};
}

/// What stands behind the @ of a user elsewhere.
Status set_name(Config& c, const std::string& value) {
    constexpr std::string_view kLetters =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
    if (value.empty() || value.size() > 253 || value.find_first_not_of(kLetters) != value.npos) {
        return fault("'" + value + "' is not a host name");
    }
    c.name = value;
    return {};
}

constexpr std::array<std::string_view, 3> kTrust = {"open", "hold", "allowlist"};
constexpr std::array<std::string_view, 3> kRegistration = {"open", "invite", "closed"};

Status set_public_url(Config& c, const std::string& value) {
    if (!value.starts_with("http://") && !value.starts_with("https://")) {
        return fault("'" + value + "' does not begin with http:// or https://");
    }
    c.public_url = value;
    while (c.public_url.ends_with('/')) c.public_url.pop_back();
    return {};
}

/// Addresses and networks, separated by commas or spaces; none: an empty list.
Status set_trusted_proxies(Config& c, const std::string& value) {
    // More than anybody has, and few enough to look through with every request.
    constexpr std::size_t kMax = 64;
    std::vector<base::AddressRange> ranges;
    std::string_view rest = value == "none" ? std::string_view() : std::string_view(value);
    while (!rest.empty()) {
        const std::string_view entry = rest.substr(0, rest.find_first_of(", "));
        rest.remove_prefix(std::min(entry.size() + 1, rest.size()));
        if (entry.empty()) continue;
        const auto range = base::AddressRange::parse(entry);
        if (!range) return fault("'" + std::string(entry) + "' is not an address or a network");
        ranges.push_back(*range);
    }
    if (ranges.size() > kMax) return fault("more than " + std::to_string(kMax) + " networks");
    c.trusted_proxies = std::move(ranges);
    return {};
}

Status set_shards(Config& c, const std::string& value) {
    unsigned n = 0;
    const auto [end, ec] = std::from_chars(value.data(), value.data() + value.size(), n);
    if (ec != std::errc{} || end != value.data() + value.size() || n < 1 || n > 64) {
        return fault("'" + value + "' is not a number from 1 to 64");
    }
    c.shards = n;
    return {};
}

Status set_store(Config& c, const std::string& value) {
    if (value.starts_with("postgres://")) {
        return fault("this version keeps its data in SQLite; postgres:// is not offered yet");
    }
    if (value != "sqlite") return fault("'" + value + "' is not sqlite");
    c.store = value;
    return {};
}

Status set_bus(Config& c, const std::string& value) {
    if (value.starts_with("nats://")) {
        return fault("this version runs as one process; nats:// is not offered yet");
    }
    if (value != "local") return fault("'" + value + "' is not local");
    c.bus = value;
    return {};
}

Status set_log_level(Config& c, const std::string& value) {
    static constexpr std::array<std::string_view, 6> kLevels = {
        "trace", "debug", "info", "warn", "error", "off"};
    const auto at = std::find(kLevels.begin(), kLevels.end(), value);
    if (at == kLevels.end()) {
        return fault("'" + value + "' is not one of trace, debug, info, warn, error, off");
    }
    c.log_level = static_cast<base::LogLevel>(at - kLevels.begin());
    return {};
}

/// Megabytes for copies of other nodes' files; less than one page of pictures would be no cache.
Status set_cache_mb(Config& c, const std::string& value) {
    unsigned n = 0;
    const auto [end, ec] = std::from_chars(value.data(), value.data() + value.size(), n);
    if (ec != std::errc{} || end != value.data() + value.size() || n < 16 || n > 1u << 20)
        return fault("'" + value + "' is not a number from 16 to 1048576");
    c.federation_cache_mb = n;
    return {};
}

constexpr ConfigKey kKeys[] = {
    {"listen", "127.0.0.1:8080", "API, gateway, CDN and pages", set_address<&Config::listen>},
    {"public_url", "from listen", "what clients and invites are told", set_public_url},
    {"tls.cert",
     "none",
     "PEM file of the certificate chain; with tls.key serves HTTPS and WSS",
     set_text<&Config::tls_cert>},
    {"tls.key", "none", "PEM file of the private key", set_text<&Config::tls_key>},
    {"name", "localhost", "the node's name: its users are alice@name elsewhere", set_name},
    {"federation.listen",
     "127.0.0.1:8447",
     "links from peers; off disables",
     set_federation_listen},
    {"federation.endpoints",
     "from federation.listen and public_url",
     "where other nodes are told to link: host:port or wss://host, best first",
     set_federation_endpoints},
    {"federation.allow_private",
     "false",
     "may dial private addresses (tests)",
     set_switch<&Config::federation_allow_private>},
    {"federation.trust",
     "open",
     "open, hold or allowlist",
     set_choice<&Config::federation_trust, kTrust>},
    {"federation.cache_mb", "1024", "room for copies of other nodes' files, in MiB", set_cache_mb},
    {"registration",
     "open",
     "open, invite or closed",
     set_choice<&Config::registration, kRegistration>},
    {"rate_limits", "on", "off for load tests", set_switch<&Config::rate_limits>},
    {"trusted_proxies",
     "none",
     "addresses and networks of proxies whose X-Forwarded-For is believed",
     set_trusted_proxies},
    {"shards", "number of cores", "event loops", set_shards},
    {"store", "sqlite", "sqlite", set_store},
    {"bus", "local", "local", set_bus},
    {"log.level", "info", "trace, debug, info, warn, error or off", set_log_level},
};

}  // namespace

std::span<const ConfigKey> config_keys() { return kKeys; }

bool lacks_public_url(const Config& config) {
    const auto where = base::Endpoint::parse(config.listen);
    const bool everywhere =
        where && (where->ip == base::IpAddress{} || where->ip == base::IpAddress::v4(0));
    return everywhere && config.public_url.empty();
}

Status set(Config& config, std::string_view assignment) {
    const auto equals = assignment.find('=');
    if (equals == assignment.npos) {
        return fault("'" + std::string(assignment) + "' is not key=value");
    }
    const std::string_view name = trim(assignment.substr(0, equals));
    const std::string value(trim(assignment.substr(equals + 1)));
    for (const ConfigKey& key : kKeys) {
        if (key.name != name) continue;
        auto done = key.set(config, value);
        if (!done) return fault(std::string(name) + ": " + done.error().message);
        return {};
    }
    return fault("there is no key '" + std::string(name) + "'");
}

Status read_config(Config& config, std::istream& lines, const std::string& name) {
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        const std::string_view text = trim(std::string_view(line).substr(0, line.find('#')));
        if (text.empty()) continue;
        auto done = set(config, text);
        if (!done) {
            return fault(name + " line " + std::to_string(number) + ": " + done.error().message);
        }
    }
    return {};
}

Status read_config_file(Config& config, const std::string& path) {
    std::ifstream file(path);
    if (!file) return fault("cannot read " + path);
    return read_config(config, file, path);
}

}  // namespace guildhall::app
