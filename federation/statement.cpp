#include "federation/statement.h"

#include <limits>
#include <utility>

namespace guildhall::federation {

std::string encode(const SignedBytes& statement) {
    return ByteWriter().put(statement.signature).put(ByteView(statement.bytes)).take();
}

std::optional<SignedBytes> decode_signed_bytes(ByteView stored, std::size_t bytes_max) {
    ByteReader in(stored);
    SignedBytes out;
    out.signature = in.get<Signature>();
    if (in.failed() || in.left() > bytes_max) return std::nullopt;
    out.bytes = in.take(in.left()).text();
    return out;
}

SignedBytes sign_bytes(std::string bytes, Domain domain, const SecretKey& key) {
    SignedBytes out;
    out.signature = key.sign(domain, ByteView(bytes));
    out.bytes = std::move(bytes);
    return out;
}

bool verify(const SignedBytes& statement, Domain domain, const PublicKey& key) {
    return verify(key, domain, ByteView(statement.bytes), statement.signature);
}

protocol::Error refused(std::string why) {
    protocol::Error error;
    error.message = std::move(why);
    return error;
}

void put_text(ByteWriter& out, std::string_view text) {
    CHECK(text.size() <= std::numeric_limits<std::uint16_t>::max());
    out.put(static_cast<std::uint16_t>(text.size())).put(ByteView(text));
}

bool get_text(ByteReader& in, std::string& text, std::size_t bytes_max) {
    const auto size = in.get<std::uint16_t>();
    if (size > bytes_max) return false;
    text = in.take(size).text();
    return true;
}

bool get_bool(ByteReader& in, bool& value) {
    const auto byte = in.get<std::uint8_t>();
    value = byte == 1;
    return byte <= 1;
}

}  // namespace guildhall::federation
