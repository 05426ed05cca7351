#include "node/base/http/forwarded.h"

#include "node/base/http/whitespace.h"

#include <algorithm>

namespace guildhall::base::http {
namespace {

/// "192.0.2.1", "2001:db8::1", "[2001:db8::1]", and what some proxies write: with a port.
std::optional<IpAddress> parse_entry(std::string_view text) {
    if (const auto ip = IpAddress::parse(text)) return ip;
    const auto parts = parse_host_port(text, 0);
    return parts ? IpAddress::parse(parts->host) : std::nullopt;
}

/// The value of every such header, the list that they are together.
std::string joined(const Request& request) {
    std::string all;
    for (std::size_t i = 0; i < request.header_count(); ++i) {
        const auto [name, value] = request.header_at(i);
        if (!equals_ignoring_case(name, "X-Forwarded-For")) continue;
        if (!all.empty()) all += ',';
        all += value;
    }
    return all;
}

}  // namespace

IpAddress client_address(const Request& request,
                         const IpAddress& peer,
                         std::span<const AddressRange> trusted) {
    const auto is_trusted = [&](const IpAddress& ip) {
        return std::ranges::any_of(trusted, [&](const auto& range) { return range.contains(ip); });
    };
    if (!is_trusted(peer)) return peer;
    const std::string all = joined(request);
    std::string_view rest = all;
    IpAddress nearest = peer;
    while (!rest.empty()) {
        const auto comma = rest.rfind(',');
        const auto entry = parse_entry(trim(rest.substr(comma == rest.npos ? 0 : comma + 1)));
        if (!entry) break;
        nearest = *entry;
        if (comma == rest.npos || !is_trusted(nearest)) break;
        rest = rest.substr(0, comma);
    }
    return nearest;
}

}  // namespace guildhall::base::http
