#include "node/classic/jwt.h"

#include "federation/crypto.h"
#include "protocol/json/reader.h"
#include "protocol/json/writer.h"

#include <boost/json/object.hpp>
#include <sodium.h>

namespace guildhall::classic {
namespace {

constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
// A claim set is about 150 bytes; what is much longer is none of ours.
constexpr std::size_t kTokenBytesMax = 1024;

std::string encode(std::string_view bytes) {
    std::string out(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
    sodium_bin2base64(out.data(),
                      out.size(),
                      reinterpret_cast<const unsigned char*>(bytes.data()),
                      bytes.size(),
                      kVariant);
    out.pop_back();  // The terminating zero that libsodium writes.
    return out;
}

std::optional<std::string> decode(std::string_view text) {
    std::string out(text.size(), '\0');
    std::size_t bytes = 0;
    const char* end = nullptr;
    const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()),
                                         out.size(),
                                         text.data(),
                                         text.size(),
                                         nullptr,
                                         &bytes,
                                         &end,
                                         kVariant);
    if (failed != 0 || end != text.data() + text.size()) return std::nullopt;
    out.resize(bytes);
    return out;
}

std::string header() { return encode(R"({"alg":"HS256","typ":"JWT"})"); }

std::optional<Claims> read_claims(std::string_view text) {
    const auto tree = protocol::parse_json(text);
    const auto* object = tree ? tree->if_object() : nullptr;
    if (!object) return std::nullopt;
    const auto string = [&](const char* name) -> std::string {
        const auto* value = object->if_contains(name);
        const auto* s = value ? value->if_string() : nullptr;
        return s ? std::string(s->data(), s->size()) : std::string();
    };
    const auto* expires = object->if_contains("exp");
    const auto user = protocol::parse_id<protocol::UserId>(string("sub"));
    if (!user || !expires || !expires->is_int64()) return std::nullopt;
    return Claims{*user, string("username"), string("sid"), expires->get_int64()};
}

}  // namespace

std::string make_jwt(std::string_view key, const Claims& claims) {
    std::string payload;
    protocol::JsonWriter w(payload);
    w.begin_object();
    w.id("sub", claims.user);
    w.string("username", claims.username);
    w.string("sid", claims.session);
    w.number("exp", claims.expires_s);
    w.end_object();
    std::string token = header() + "." + encode(payload);
    const auto signature = federation::hmac_sha256(key, token);
    token += "." + encode(signature.text());
    return token;
}

std::optional<Claims> verify_jwt(std::string_view key,
                                 std::string_view token,
                                 protocol::UnixMs now_ms) {
    if (token.size() > kTokenBytesMax) return std::nullopt;
    const std::size_t first = token.find('.');
    const std::size_t last = token.rfind('.');
    if (first == token.npos || first == last) return std::nullopt;
    // Only the header that we write is taken, so "alg" is never a choice of who presents it.
    if (token.substr(0, first) != header()) return std::nullopt;
    const auto signature = decode(token.substr(last + 1));
    const auto wanted = federation::hmac_sha256(key, token.substr(0, last));
    if (!signature || signature->size() != wanted.text().size() ||
        !federation::equal_constant_time(*signature, wanted.text()))
        return std::nullopt;
    const auto payload = decode(token.substr(first + 1, last - first - 1));
    auto claims = payload ? read_claims(*payload) : std::nullopt;
    if (!claims || claims->expires_s <= now_ms / 1000) return std::nullopt;
    return claims;
}

}  // namespace guildhall::classic
