#include "federation/entry.h"

#include "federation/crypto.h"
#include "federation/merkle.h"

namespace guildhall::federation {

std::string encode(const EntryHeader& header) {
    std::string bytes = ByteWriter()
                            .put(kEntryVersion)
                            .put(header.kind)
                            .put(header.log_id)
                            .put(header.seq)
                            .put(header.ts_ms)
                            .put(header.object_id)
                            .put(header.control_seq)
                            .put(header.body_hash)
                            .put(header.command_hash)
                            .take();
    CHECK(bytes.size() == kEntryHeaderBytes);
    return bytes;
}

std::optional<EntryHeader> decode_entry_header(ByteView bytes) {
    ByteReader in(bytes);
    const auto version = in.get<std::uint8_t>();
    EntryHeader out;
    out.kind = in.get<std::uint16_t>();
    out.log_id = in.get<std::uint64_t>();
    out.seq = in.get<std::uint64_t>();
    out.ts_ms = in.get<std::int64_t>();
    out.object_id = in.get<std::uint64_t>();
    out.control_seq = in.get<std::uint64_t>();
    out.body_hash = in.get<Hash32>();
    out.command_hash = in.get<Hash32>();
    if (!in.done() || version != kEntryVersion) return std::nullopt;
    return out;
}

Hash32 leaf_hash(const EntryHeader& header) {
    return leaf_hash(ByteView(std::string_view(encode(header))));
}

std::string make_body(const Salt& salt, ByteView event) {
    std::string body;
    body.reserve(kSaltBytes + event.size());
    body.append(salt.text()).append(event.text());
    return body;
}

Hash32 body_hash(ByteView stored_body) { return sha256(stored_body); }

std::optional<ByteView> event_of_body(ByteView stored_body) {
    if (stored_body.size() < kSaltBytes) return std::nullopt;
    return ByteView(stored_body.subspan(kSaltBytes));
}

}  // namespace guildhall::federation
