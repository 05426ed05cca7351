#include "node/peering/link/discovery.h"

#include "federation/profile.h"
#include "protocol/json/reader.h"
#include "protocol/json/writer.h"

#include <boost/json/object.hpp>

#include <algorithm>
#include <utility>

namespace guildhall::peering {
namespace {

namespace f = federation;
using namespace std::chrono_literals;

constexpr std::size_t kDocumentBytesMax = 64 * 1024;
constexpr base::Nanos kServicesTime = 3s;
constexpr std::uint16_t kHttpsPort = 443;

std::string text_of(const boost::json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    const auto* text = value != nullptr ? value->if_string() : nullptr;
    return text != nullptr ? std::string(*text) : std::string();
}

base::FetchOptions fetch_options(const Options& options) {
    base::FetchOptions out;
    out.allow_private = options.allow_private;
    return out;
}

}  // namespace

std::optional<WellKnown> parse_well_known(std::string_view json) {
    const auto parsed = protocol::parse_json(json, kDocumentBytesMax);
    if (!parsed || !parsed->is_object()) return std::nullopt;
    const auto& object = parsed->get_object();
    const auto bytes = f::from_hex(text_of(object, "uid"));
    const auto uid = f::Hash32::from(std::string_view(bytes.value_or("")));
    if (!uid) return std::nullopt;
    WellKnown out{*uid, text_of(object, "name"), {}};
    const auto* list = object.if_contains("endpoints");
    if (list == nullptr || !list->is_array()) return out;
    for (const auto& value : list->get_array()) {
        if (!value.is_string() || out.endpoints.size() >= f::limits::kEndpointsMax) continue;
        std::string endpoint(value.get_string());
        if (parse_link_endpoint(endpoint)) out.endpoints.push_back(std::move(endpoint));
    }
    return out;
}

std::string write_well_known(const Context& ctx) {
    std::string out;
    protocol::JsonWriter w(out);
    w.begin_object();
    w.string("uid", f::to_hex(ctx.identity.uid));
    w.string("name", ctx.settings.name);
    w.string("software", ctx.options.software);
    w.key("endpoints").begin_array();
    for (const std::string& endpoint : ctx.options.endpoints) w.string(endpoint);
    w.end_array();
    w.string("key_log", f::to_hex(f::encode(ctx.keys.log)));
    w.end_object();
    return out;
}

std::optional<LinkEndpoint> parse_link_endpoint(std::string_view text) {
    LinkEndpoint out;
    std::optional<std::uint16_t> usual = kLinkPort;
    if (text.starts_with("wss://") || text.starts_with("ws://")) {
        out.is_web_socket = true;
        out.is_tls = text.starts_with("wss://");
        usual = out.is_tls ? kHttpsPort : std::uint16_t{80};
        text.remove_prefix(text.find("//") + 2);
    }
    if (text.size() > f::limits::kEndpointBytesMax) return std::nullopt;
    auto where = base::parse_host_port(text, usual);
    if (!where || where->port == 0) return std::nullopt;
    if (!base::is_host_name(where->host) && !base::IpAddress::parse(where->host)) {
        return std::nullopt;
    }
    const bool is_plain_web = out.is_web_socket && !out.is_tls && where->port == 80;
    if (!base::is_fetch_port(where->port) && !is_plain_web) return std::nullopt;
    out.where = std::move(*where);
    return out;
}

Discovery::Discovery(Context& ctx)
    : ctx_(ctx), fetcher_(ctx.network, ctx.resolver, ctx.tls, fetch_options(ctx.options)) {}

base::Task<base::Result<WellKnown>> Discovery::well_known(std::string host, std::uint16_t port) {
    const bool is_v6 = host.find(':') != std::string::npos;
    const std::string authority = (is_v6 ? "[" + host + "]" : host) +
                                  (port == 0 ? std::string() : ":" + std::to_string(port));
    const std::string path = authority + "/.well-known/guildhall";
    // Closed networks have no certificates. A server without TLS may take its time to refuse it.
    const bool is_plain_first = ctx_.options.allow_private && port != 0;
    auto fetched =
        co_await fetcher_.get(ctx_.here, (is_plain_first ? "http://" : "https://") + path);
    if (!fetched && ctx_.options.allow_private) {
        fetched =
            co_await fetcher_.get(ctx_.here, (is_plain_first ? "https://" : "http://") + path);
    }
    if (!fetched) co_return std::move(fetched).error();
    auto parsed = parse_well_known(fetched->body);
    if (!parsed) {
        co_return base::Error{.status = 502, .message = host + ": it is no node of this network"};
    }
    co_return std::move(*parsed);
}

base::Task<Discovery::Found> Discovery::find(std::string host) {
    Found out;
    auto document = co_await well_known(host, 0);
    if (document) {
        out.uid = document->uid;
        out.endpoints = std::move(document->endpoints);
        if (!out.endpoints.empty()) co_return out;
    }
    if (base::is_host_name(host)) {
        std::string service = "_guildhall._tcp." + host;
        auto services = co_await ctx_.resolver.services(ctx_.here, service, kServicesTime);
        if (services) {
            for (const base::Service& one : *services) {
                if (out.endpoints.size() >= f::limits::kEndpointsMax) break;
                std::string endpoint = one.host + ":" + std::to_string(one.port);
                if (parse_link_endpoint(endpoint)) out.endpoints.push_back(std::move(endpoint));
            }
        }
    }
    if (out.endpoints.empty()) {
        const bool is_v6 = host.find(':') != std::string::npos;
        out.endpoints.push_back((is_v6 ? "[" + host + "]" : host) + ":" +
                                std::to_string(kLinkPort));
    }
    co_return out;
}

}  // namespace guildhall::peering
