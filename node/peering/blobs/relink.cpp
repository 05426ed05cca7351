#include "node/peering/blobs/relink.h"

#include "node/base/http/request.h"
#include "protocol/json/reader.h"

#include <boost/json/serialize.hpp>

#include <optional>

namespace guildhall::peering {
namespace {

namespace json = boost::json;

constexpr std::string_view kPath = "/cdn/attachments/";

struct Place {
    protocol::ChannelId channel;
    protocol::Attachment file;
};

/// Channel, id and file name of an address of any node's CDN.
std::optional<Place> place_of(std::string_view address) {
    const std::size_t at = address.find(kPath);
    if (at == address.npos) return std::nullopt;
    std::string_view rest = address.substr(at + kPath.size());
    rest = rest.substr(0, rest.find('?'));
    const std::size_t first = rest.find('/');
    const std::size_t second = first == rest.npos ? first : rest.find('/', first + 1);
    if (second == rest.npos) return std::nullopt;
    const auto channel = protocol::parse_id<protocol::ChannelId>(rest.substr(0, first));
    const auto id =
        protocol::parse_id<protocol::AttachmentId>(rest.substr(first + 1, second - first - 1));
    if (!channel || !id) return std::nullopt;
    Place out;
    out.channel = *channel;
    out.file.id = *id;
    out.file.filename = base::http::percent_decode(rest.substr(second + 1));
    return out;
}

void relink_file(json::object& object, const services::Links& links) {
    for (const std::string_view name : {"url", "proxy_url"}) {
        auto* address = object.if_contains(name);
        const auto* text = address ? address->if_string() : nullptr;
        if (!text) continue;
        const auto place = place_of(std::string_view(*text));
        *address =
            place ? json::string(links.attachment(place->channel, place->file)) : json::string();
    }
}

}  // namespace

void relink(json::value& value, const services::Links& links) {
    if (auto* list = value.if_array()) {
        for (json::value& item : *list) relink(item, links);
        return;
    }
    auto* object = value.if_object();
    if (!object) return;
    const bool is_file = object->contains("filename") && object->contains("size");
    if (is_file) relink_file(*object, links);
    for (auto& member : *object) relink(member.value(), links);
}

std::string relink(std::string text, const services::Links& links) {
    auto value = protocol::parse_json(text);
    if (!value) return text;
    relink(*value, links);
    return json::serialize(*value);
}

}  // namespace guildhall::peering
