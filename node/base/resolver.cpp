#include "node/base/resolver.h"

#include <algorithm>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace guildhall::base {
namespace {

constexpr std::size_t kNameBytesMax = 253;
constexpr std::size_t kLabelBytesMax = 63;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= kLabelBytesMax && label.front() != '-' &&
           label.back() != '-' && std::all_of(label.begin(), label.end(), [](char c) {
               return is_letter(c) || is_digit(c) || c == '-';
           });
}

/// What some resolver would read as a part of an IPv4 address. No top-level domain starts so.
bool is_number(std::string_view label) {
    return std::all_of(label.begin(), label.end(), is_digit) || label.starts_with("0x") ||
           label.starts_with("0X");
}

}  // namespace

bool is_host_name(std::string_view name) {
    if (name.empty() || name.size() > kNameBytesMax) return false;
    std::string_view rest = name;
    for (;;) {
        const auto dot = rest.find('.');
        const std::string_view label = rest.substr(0, dot);
        if (!is_label(label)) return false;
        if (dot == rest.npos) return !is_number(label);
        rest.remove_prefix(dot + 1);
    }
}

Task<Result<std::vector<Endpoint>>> resolve(Resolver& resolver,
                                            Shard& shard,
                                            HostPort where,
                                            Nanos limit) {
    std::vector<Endpoint> endpoints;
    if (const auto literal = IpAddress::parse(where.host)) {
        const bool is_disguised = literal->is_v4() && where.host.find(':') != where.host.npos;
        if (!is_disguised) endpoints.push_back({*literal, where.port});
    } else if (is_host_name(where.host)) {
        CO_TRY(const auto ips, co_await resolver.addresses(shard, where.host, limit));
        for (const IpAddress& ip : ips) endpoints.push_back({ip, where.port});
    }
    if (endpoints.empty()) {
        co_return Error{.status = 400, .message = where.host + " is neither a name nor an address"};
    }
    co_return endpoints;
}

void order_services(std::vector<Service>& services, Rng& rng) {
    // A stable start, so that one seed gives one order.
    std::sort(services.begin(), services.end(), [](const Service& a, const Service& b) {
        return std::tie(a.priority, a.host, a.port) < std::tie(b.priority, b.host, b.port);
    });
    for (std::size_t at = 0; at < services.size(); ++at) {
        // One of those of equal priority, by weight; a weight of 0 keeps a small chance.
        std::uint64_t sum = 0;
        std::size_t end = at;
        while (end < services.size() && services[end].priority == services[at].priority) {
            sum += services[end++].weight + 1u;
        }
        std::uint64_t drawn = rng.below(sum);
        std::size_t chosen = at;
        while (drawn >= services[chosen].weight + 1u) drawn -= services[chosen++].weight + 1u;
        std::swap(services[at], services[chosen]);
    }
}

Task<Result<std::vector<IpAddress>>> TableResolver::addresses(Shard&, std::string name, Nanos) {
    asked.push_back(name);
    if (is_broken) throw std::runtime_error("the resolver is broken");
    const auto at = address_rows.find(name);
    if (at == address_rows.end() || at->second.empty() || at->second.front().empty()) {
        co_return Error{.status = 502, .message = name + ": no such name"};
    }
    std::vector<IpAddress> answer = at->second.front();
    if (at->second.size() > 1) at->second.erase(at->second.begin());
    co_return answer;
}

Task<Result<std::vector<Service>>> TableResolver::services(Shard&, std::string name, Nanos) {
    asked.push_back(name);
    const auto at = service_rows.find(name);
    if (at == service_rows.end()) co_return std::vector<Service>{};
    co_return at->second;
}

}  // namespace guildhall::base
