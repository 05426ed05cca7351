#include "node/services/links.h"

#include "federation/crypto.h"
#include "node/base/http/query.h"

#include <charconv>

namespace guildhall::services {
namespace {

// A day: long enough for a client that keeps a window open, short enough that a leaked address
// ends.
constexpr std::int64_t kLifetimeS = 24 * 3600;
// Addresses made within one hour are equal, so that caches hit.
constexpr std::int64_t kGrainS = 3600;

std::string hex(std::int64_t n) {
    char out[20];
    const auto end = std::to_chars(out, out + sizeof out, n, 16).ptr;
    return {out, end};
}

}  // namespace

std::string escape_path_segment(std::string_view name) { return base::http::percent_encode(name); }

std::string Links::signature(std::string_view path,
                             std::string_view ex,
                             std::string_view is) const {
    return federation::to_hex(federation::hmac_sha256(cdn_key_, {path, "\n", ex, "\n", is}));
}

std::string Links::attachment(protocol::ChannelId channel, const protocol::Attachment& file) const {
    const std::string path = "/attachments/" + channel.str() + "/" + file.id.str() + "/" +
                             escape_path_segment(file.filename);
    const std::int64_t issued = clock_.unix_ms() / 1000 / kGrainS * kGrainS;
    const std::string is = hex(issued), ex = hex(issued + kLifetimeS);
    return public_url_ + "/cdn" + path + "?ex=" + ex + "&is=" + is +
           "&hm=" + signature(path, ex, is) + "&";
}

bool Links::is_valid(std::string_view path,
                     std::string_view ex,
                     std::string_view is,
                     std::string_view hm) const {
    // The signature first: what it covers is a number that this node wrote.
    if (!federation::equal_constant_time(signature(path, ex, is), hm)) return false;
    std::int64_t end_s = 0;
    const auto [last, ec] = std::from_chars(ex.data(), ex.data() + ex.size(), end_s, 16);
    if (ec != std::errc{} || last != ex.data() + ex.size()) return false;
    return clock_.unix_ms() / 1000 < end_s;
}

}  // namespace guildhall::services
