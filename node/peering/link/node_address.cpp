#include "node/peering/link/node_address.h"

#include "node/base/resolver.h"

#include <algorithm>
#include <charconv>

namespace guildhall::peering {
namespace {

/// Hex digits of a whole uid.
constexpr std::size_t kUidDigits = 64;
/// Longer than any code that this protocol makes.
constexpr std::size_t kCodeBytesMax = 64;

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

bool is_hex(std::string_view text) {
    return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// "host:port" or a host alone; an address of IPv6 in brackets where a port follows.
std::optional<base::HostPort> parse_host(const std::string& text) {
    if (base::IpAddress::parse(text)) return base::HostPort{text, 0};
    // Port 0 cannot be written in an address, so that it can say that there is none.
    auto where = base::parse_host_port(text, std::uint16_t{0});
    if (!where) return std::nullopt;
    if (!base::is_host_name(where->host) && !base::IpAddress::parse(where->host)) {
        return std::nullopt;
    }
    return where;
}

}  // namespace

bool NodeAddress::fits(const federation::Hash32& uid) const {
    return federation::to_hex(uid).starts_with(uid_prefix);
}

std::optional<NodeAddress> parse_node_address(std::string_view text) {
    const std::string all = lower(text);
    const std::size_t tilde = all.find('~');
    NodeAddress out;
    if (tilde != std::string::npos) {
        out.uid_prefix = all.substr(tilde + 1);
        if (out.uid_prefix.empty() || out.uid_prefix.size() > kUidDigits ||
            !is_hex(out.uid_prefix)) {
            return std::nullopt;
        }
    }
    auto where = parse_host(all.substr(0, tilde));
    if (!where) return std::nullopt;
    out.host = std::move(where->host);
    out.port = where->port;
    return out;
}

std::optional<RemoteInvite> parse_remote_invite(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || at == 0 || at > kCodeBytesMax) return std::nullopt;
    auto node = parse_node_address(text.substr(at + 1));
    if (!node) return std::nullopt;
    return RemoteInvite{std::string(text.substr(0, at)), std::move(*node)};
}

}  // namespace guildhall::peering
