// Any bytes as what strangers say about where nodes are: a person's address of a node, an invite
// elsewhere, a well-known document, an endpoint. Refused, or within bounds and of one spelling.
#include "node/peering/link/discovery.h"

#include "federation/limits.h"
#include "node/peering/link/node_address.h"
#include "protocol/check.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace guildhall;
using namespace guildhall::peering;

namespace {

void check_endpoint(std::string_view text) {
    const auto endpoint = parse_link_endpoint(text);
    if (!endpoint) return;
    CHECK(endpoint->where.port != 0);
    CHECK(!endpoint->where.host.empty());
    CHECK(endpoint->where.host.find_first_of(" \r\n\t/@") == std::string::npos);
    CHECK(!endpoint->is_tls || endpoint->is_web_socket);
}

void check_address(std::string_view text) {
    const auto address = parse_node_address(text);
    if (!address) return;
    CHECK(!address->host.empty() && address->host.size() <= federation::limits::kNodeNameBytesMax);
    CHECK(address->uid_prefix.size() <= 64);
    CHECK(address->host.find_first_of(" \r\n\t/@") == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check_address(text);
    check_endpoint(text);
    if (const auto invite = parse_remote_invite(text)) {
        CHECK(!invite->code.empty() && !invite->node.host.empty());
    }
    if (const auto document = parse_well_known(text)) {
        CHECK(document->endpoints.size() <= federation::limits::kEndpointsMax);
        for (const std::string& endpoint : document->endpoints)
            CHECK(endpoint.size() <= federation::limits::kEndpointBytesMax + 16);
    }
    return 0;
}
