#include "node/services/interaction_token.h"

#include "federation/crypto.h"
#include "protocol/data_uri.h"

namespace guildhall::services {
namespace {

constexpr std::size_t kIdBytes = 8;
constexpr std::size_t kPayloadBytes = 5 * kIdBytes;
constexpr std::size_t kTokenBytes = kPayloadBytes + 32;

void put_id(std::string& out, std::uint64_t id) {
    for (std::size_t i = 0; i < kIdBytes; ++i) out += static_cast<char>(id >> (8 * i));
}

template <class T>
T take_id(std::string_view& in) {
    std::uint64_t id = 0;
    for (std::size_t i = 0; i < kIdBytes; ++i)
        id |= std::uint64_t{static_cast<unsigned char>(in[i])} << (8 * i);
    in.remove_prefix(kIdBytes);
    return T(id);
}

}  // namespace

std::string make_interaction_token(std::string_view key, const InteractionRef& ref) {
    std::string bytes;
    bytes.reserve(kTokenBytes);
    put_id(bytes, ref.id.value);
    put_id(bytes, ref.application.value);
    put_id(bytes, ref.guild.value);
    put_id(bytes, ref.channel.value);
    put_id(bytes, ref.user.value);
    bytes += federation::hmac_sha256(key, bytes).text();
    return protocol::encode_base64url(bytes);
}

std::optional<InteractionRef> read_interaction_token(std::string_view key, std::string_view token) {
    const auto bytes = protocol::decode_base64(token);
    if (!bytes || bytes->size() != kTokenBytes) return std::nullopt;
    std::string_view payload = std::string_view(*bytes).substr(0, kPayloadBytes);
    const auto mac = federation::hmac_sha256(key, payload);
    if (!federation::equal_constant_time(mac, std::string_view(*bytes).substr(kPayloadBytes)))
        return std::nullopt;
    InteractionRef ref;
    ref.id = take_id<protocol::InteractionId>(payload);
    ref.application = take_id<protocol::ApplicationId>(payload);
    ref.guild = take_id<protocol::GuildId>(payload);
    ref.channel = take_id<protocol::ChannelId>(payload);
    ref.user = take_id<protocol::UserId>(payload);
    return ref;
}

}  // namespace guildhall::services
