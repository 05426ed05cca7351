#pragma once
// Config: every key an operator can set, with its default and meaning (docs/CONFIG.md is checked
// against this table). A plain value, made once at start.

#include "node/base/address_range.h"
#include "node/base/log.h"
#include "protocol/result.h"

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::app {

struct Config {
    std::string listen = "127.0.0.1:8080";
    /// Empty: from `listen`.
    std::string public_url;
    std::string tls_cert, tls_key;
    std::string name = "localhost";
    std::string federation_listen = "127.0.0.1:8447";
    /// Empty: from `federation_listen` and `public_url`.
    std::vector<std::string> federation_endpoints;
    bool federation_allow_private = false;
    std::string federation_trust = "open";
    unsigned federation_cache_mb = 1024;
    std::string registration = "open";
    bool rate_limits = true;
    std::vector<base::AddressRange> trusted_proxies;
    /// 0: one per core.
    unsigned shards = 0;
    std::string store = "sqlite";
    std::string bus = "local";
    base::LogLevel log_level = base::LogLevel::info;
};

/// True when the node listens on every address and was not told the one that people use: nobody can
/// open "http://0.0.0.0:8080", which invites, attachments and the gateway would then name.
bool lacks_public_url(const Config& config);

/// One row of the table of keys.
struct ConfigKey {
    std::string_view name, fallback, meaning;
    protocol::Status (*set)(Config& config, const std::string& value);
};
std::span<const ConfigKey> config_keys();

/// `assignment` is key=value. The error is one line for the operator.
protocol::Status set(Config& config, std::string_view assignment);
/// Lines of key = value; # begins a comment. `name` says in errors where they are from.
protocol::Status read_config(Config& config, std::istream& lines, const std::string& name);
protocol::Status read_config_file(Config& config, const std::string& path);

}  // namespace guildhall::app
