#include "node/base/address.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstring>

namespace guildhall::base {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

struct Range {
    const char* network;
    int bits;
};

/// The special-purpose registries of IANA (RFC 6890 and its updates), and multicast.
constexpr Range kNotGlobalV4[] = {
    {"0.0.0.0", 8},
    {"10.0.0.0", 8},
    {"100.64.0.0", 10},
    {"127.0.0.0", 8},
    {"169.254.0.0", 16},
    {"172.16.0.0", 12},
    {"192.0.0.0", 24},
    {"192.0.2.0", 24},
    {"192.88.99.0", 24},
    {"192.168.0.0", 16},
    {"198.18.0.0", 15},
    {"198.51.100.0", 24},
    {"203.0.113.0", 24},
    {"224.0.0.0", 4},
    {"240.0.0.0", 4},
};
/// Of IPv6 only 2000::/3 is given out; within it, what is documentation, translation or tunnels.
constexpr Range kGlobalV6 = {"2000::", 3};
constexpr Range kNotGlobalV6[] = {
    {"2001::", 23}, {"2001:db8::", 32}, {"2002::", 16}, {"3fff::", 20}};

bool is_within(const IpAddress& ip, const Range& range, int skipped_bits) {
    // The tables above hold nothing that does not parse.
    const IpAddress network = IpAddress::parse(range.network).value_or(IpAddress{});
    int bits = range.bits + skipped_bits;
    for (std::size_t i = 0; bits > 0; ++i, bits -= 8) {
        const int mask = bits >= 8 ? 0xff : 0xff << (8 - bits) & 0xff;
        if ((ip.bytes[i] & mask) != (network.bytes[i] & mask)) return false;
    }
    return true;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    if (text.empty() || (text.size() > 1 && text.front() == '0')) return std::nullopt;
    auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (ec != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return port;
}

bool is_host_text(std::string_view host) {
    return !host.empty() && host.size() <= 253 && std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '.' || c == '_';
    });
}

}  // namespace

IpAddress IpAddress::v4(std::uint32_t host_order) {
    IpAddress ip;
    std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), ip.bytes.begin());
    for (int i = 0; i < 4; ++i) {
        ip.bytes[12 + i] = static_cast<std::uint8_t>(host_order >> (24 - 8 * i));
    }
    return ip;
}

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
    // inet_pton would read as far as the first NUL and call the rest of no account.
    if (text.find('\0') != text.npos) return std::nullopt;
    const std::string copy(text);
    in_addr four{};
    if (inet_pton(AF_INET, copy.c_str(), &four) == 1) return v4(ntohl(four.s_addr));
    in6_addr six{};
    if (inet_pton(AF_INET6, copy.c_str(), &six) != 1) return std::nullopt;
    IpAddress ip;
    std::memcpy(ip.bytes.data(), &six, ip.bytes.size());
    return ip;
}

bool IpAddress::is_v4() const {
    return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), bytes.begin());
}

bool IpAddress::is_loopback() const {
    if (is_v4()) return bytes[12] == 127;
    static constexpr std::array<std::uint8_t, 16> kOne{
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    return bytes == kOne;
}

bool IpAddress::is_global() const {
    if (is_v4()) {
        return std::none_of(std::begin(kNotGlobalV4), std::end(kNotGlobalV4), [&](const Range& r) {
            return is_within(*this, r, 96);
        });
    }
    return is_within(*this, kGlobalV6, 0) &&
           std::none_of(std::begin(kNotGlobalV6), std::end(kNotGlobalV6), [&](const Range& r) {
               return is_within(*this, r, 0);
           });
}

std::string IpAddress::str() const {
    char text[INET6_ADDRSTRLEN] = {};
    if (is_v4()) {
        inet_ntop(AF_INET, bytes.data() + 12, text, sizeof text);
    } else {
        inet_ntop(AF_INET6, bytes.data(), text, sizeof text);
    }
    return text;
}

std::optional<Endpoint> Endpoint::parse(std::string_view text) {
    const auto parts = parse_host_port(text);
    if (!parts) return std::nullopt;
    const auto ip = IpAddress::parse(parts->host);
    if (!ip) return std::nullopt;
    return Endpoint{*ip, parts->port};
}

std::string Endpoint::str() const {
    const std::string host = ip.str();
    return (ip.is_v4() ? host : "[" + host + "]") + ":" + std::to_string(port);
}

std::optional<HostPort> parse_host_port(std::string_view text,
                                        std::optional<std::uint16_t> fallback_port) {
    std::string_view host = text;
    std::optional<std::uint16_t> port = fallback_port;
    std::string_view rest;
    const bool bracketed = text.starts_with('[');
    if (bracketed) {
        const auto end = text.find(']');
        if (end == text.npos) return std::nullopt;
        host = text.substr(1, end - 1);
        rest = text.substr(end + 1);
        if (!rest.empty() && !rest.starts_with(':')) return std::nullopt;
    } else if (const auto colon = text.find(':'); colon != text.npos) {
        host = text.substr(0, colon);
        rest = text.substr(colon);
    }
    if (!rest.empty()) {
        port = parse_port(rest.substr(1));
    }
    if (!port) return std::nullopt;
    const auto literal = bracketed ? IpAddress::parse(host) : std::nullopt;
    if (bracketed ? !literal || host.find(':') == host.npos : !is_host_text(host)) {
        return std::nullopt;
    }
    return HostPort{std::string(host), *port};
}

}  // namespace guildhall::base
