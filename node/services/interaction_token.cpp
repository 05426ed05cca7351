#include "node/services/interaction_token.h"

#include "federation/crypto.h"
#include "protocol/data_uri.h"

namespace guildhall::services {
namespace {

constexpr std::size_t kIdBytes = 8;
constexpr std::size_t kPayloadBytes = 5 * kIdBytes;
constexpr std::size_t kMacBytes = 32;
constexpr std::size_t kTokenBytes = kPayloadBytes + kMacBytes;
constexpr std::string_view kWrapped = "wrapped";

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

std::string payload_of(const InteractionRef& ref) {
    std::string bytes;
    bytes.reserve(kTokenBytes);
    put_id(bytes, ref.id.value);
    put_id(bytes, ref.application.value);
    put_id(bytes, ref.guild.value);
    put_id(bytes, ref.channel.value);
    put_id(bytes, ref.user.value);
    return bytes;
}

InteractionRef ref_of(std::string_view payload) {
    InteractionRef ref;
    ref.id = take_id<protocol::InteractionId>(payload);
    ref.application = take_id<protocol::ApplicationId>(payload);
    ref.guild = take_id<protocol::GuildId>(payload);
    ref.channel = take_id<protocol::ChannelId>(payload);
    ref.user = take_id<protocol::UserId>(payload);
    return ref;
}

/// `payload ‖ HMAC(payload ‖ context)`; contexts differ in length, so none passes for another.
std::string sealed(std::string_view key, std::string payload, std::string_view context) {
    const auto mac = federation::hmac_sha256(key, payload + std::string(context));
    payload += mac.text();
    return protocol::encode_base64url(payload);
}

/// The payload of a text that sealed() made.
std::optional<std::string> unsealed(std::string_view key,
                                    std::string_view text,
                                    std::size_t payload_bytes,
                                    std::string_view context) {
    auto bytes = protocol::decode_base64(text);
    if (!bytes || bytes->size() != payload_bytes + kMacBytes) return std::nullopt;
    const std::string mac = bytes->substr(payload_bytes);
    bytes->resize(payload_bytes);
    if (!federation::equal_constant_time(
            federation::hmac_sha256(key, *bytes + std::string(context)), mac))
        return std::nullopt;
    return std::move(*bytes);
}

}  // namespace

std::string make_interaction_token(std::string_view key, const InteractionRef& ref) {
    return sealed(key, payload_of(ref), {});
}

std::optional<InteractionRef> read_interaction_token(std::string_view key, std::string_view token) {
    const auto payload = unsealed(key, token, kPayloadBytes, {});
    if (!payload) return std::nullopt;
    return ref_of(*payload);
}

std::string make_interaction_ticket(std::string_view key,
                                    const InteractionRef& ref,
                                    std::string_view home_uid) {
    return sealed(key, payload_of(ref), home_uid);
}

std::optional<InteractionRef> read_interaction_ticket(std::string_view key,
                                                      std::string_view ticket,
                                                      std::string_view home_uid) {
    if (home_uid.empty()) return std::nullopt;
    const auto payload = unsealed(key, ticket, kPayloadBytes, home_uid);
    if (!payload) return std::nullopt;
    return ref_of(*payload);
}

std::optional<std::string> wrap_interaction_ticket(std::string_view key, std::string_view ticket) {
    auto bytes = protocol::decode_base64(ticket);
    if (!bytes || bytes->size() != kTokenBytes) return std::nullopt;
    return sealed(key, std::move(*bytes), kWrapped);
}

std::optional<RemoteInteraction> unwrap_interaction_token(std::string_view key,
                                                          std::string_view token) {
    const auto ticket = unsealed(key, token, kTokenBytes, kWrapped);
    if (!ticket) return std::nullopt;
    return RemoteInteraction{ref_of(*ticket), protocol::encode_base64url(*ticket)};
}

}  // namespace guildhall::services
