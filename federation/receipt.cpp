#include "federation/receipt.h"

#include "federation/merkle.h"

namespace guildhall::federation {

namespace {

bool is_same_log(const Receipt& receipt, const Head& head) {
    return receipt.guild_uid == head.guild_uid && receipt.epoch == head.epoch &&
           receipt.log_id == head.log_id;
}

}  // namespace

std::string encode(const Receipt& receipt) {
    std::string bytes = ByteWriter()
                            .put(kReceiptVersion)
                            .put(receipt.guild_uid)
                            .put(receipt.epoch)
                            .put(receipt.command_hash)
                            .put(receipt.log_id)
                            .put(receipt.seq)
                            .put(receipt.leaf)
                            .put(receipt.ts_ms)
                            .take();
    CHECK(bytes.size() == kReceiptBytes);
    return bytes;
}

std::optional<Receipt> decode_receipt(ByteView bytes) {
    ByteReader in(bytes);
    const auto version = in.get<std::uint8_t>();
    Receipt out;
    out.guild_uid = in.get<Hash32>();
    out.epoch = in.get<std::uint64_t>();
    out.command_hash = in.get<Hash32>();
    out.log_id = in.get<std::uint64_t>();
    out.seq = in.get<std::uint64_t>();
    out.leaf = in.get<Hash32>();
    out.ts_ms = in.get<std::int64_t>();
    if (!in.done() || version != kReceiptVersion) return std::nullopt;
    return out;
}

SignedBytes sign(const Receipt& receipt, const SecretKey& host) {
    return sign_bytes(encode(receipt), Domain::receipt, host);
}

std::optional<Receipt> verify_receipt(const SignedBytes& receipt, const PublicKey& host) {
    std::optional<Receipt> out = decode_receipt(receipt.bytes);
    if (!out || !verify(receipt, Domain::receipt, host)) return std::nullopt;
    return out;
}

std::optional<SignedBytes> decode_signed_receipt(ByteView stored) {
    auto out = decode_signed_bytes(stored, kReceiptBytes);
    if (!out || !decode_receipt(out->bytes)) return std::nullopt;
    return out;
}

bool is_broken_by(const Receipt& receipt, const Head& head) {
    return is_same_log(receipt, head) && head.ts_ms > receipt.ts_ms && head.size <= receipt.seq;
}

bool is_broken_by(const Receipt& receipt,
                  const Head& head,
                  const EntryHeader& entry,
                  std::span<const Hash32> path) {
    if (!is_same_log(receipt, head) || head.size <= receipt.seq) return false;
    const Hash32 leaf = leaf_hash(entry);
    return leaf != receipt.leaf && verify_inclusion(receipt.seq, head.size, leaf, path, head.root);
}

}  // namespace guildhall::federation
