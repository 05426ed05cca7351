#pragma once
// Addresses: IP literals, endpoints, and the "host:port" texts of the configuration. Nothing here
// resolves names. Plain values; any thread.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::base {

/// An IPv4 or IPv6 address. IPv4 is kept in its mapped form, so that ::ffff:127.0.0.1 and 127.0.0.1
/// are one address and one rate limit.
struct IpAddress {
    std::array<std::uint8_t, 16> bytes{};

    static IpAddress v4(std::uint32_t host_order);
    static std::optional<IpAddress> parse(std::string_view text);

    bool is_v4() const;
    bool is_loopback() const;
    /// False for loopback, private, link-local, shared, multicast, documentation and reserved
    /// ranges: what a fetch on behalf of a stranger may reach.
    bool is_global() const;
    std::string str() const;

    friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

struct Endpoint {
    IpAddress ip;
    std::uint16_t port = 0;

    /// "1.2.3.4:80" or "[::1]:80".
    static std::optional<Endpoint> parse(std::string_view text);
    std::string str() const;

    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

/// A name or IP literal with a port: "example.org:8447", "[::1]:80".
struct HostPort {
    std::string host;
    std::uint16_t port = 0;
};

/// Nothing when the port is missing (and there is no fallback), zero-padded, above 65535, or the
/// host is empty or holds characters that no host has.
std::optional<HostPort> parse_host_port(std::string_view text,
                                        std::optional<std::uint16_t> fallback_port = {});

}  // namespace guildhall::base
