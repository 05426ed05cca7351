#include "federation/blob_hash.h"

#include "federation/crypto.h"

#include <sodium.h>

#include <algorithm>

namespace guildhall::federation {

namespace {

constexpr std::uint8_t kLeafPrefix = 0;
constexpr std::uint8_t kNodePrefix = 1;

using Stream = crypto_generichash_blake2b_state;

void start(Stream& stream) { crypto_generichash_blake2b_init(&stream, nullptr, 0, 32); }

void feed(Stream& stream, ByteView bytes) {
    crypto_generichash_blake2b_update(&stream, bytes.data(), bytes.size());
}

Hash32 end(Stream& stream) {
    Hash32 out;
    crypto_generichash_blake2b_final(&stream, out.data(), out.size());
    return out;
}

}  // namespace

struct BlobHasher::State {
    Stream file;
    Stream chunk;
    /// Bytes in the chunk that is being filled.
    std::size_t filled = 0;
    std::uint64_t size = 0;
    Frontier chunks{&chunk_node_hash};

    void start_chunk() {
        start(chunk);
        feed(chunk, ByteView(&kLeafPrefix, 1));
        filled = 0;
    }
};

Hash32 chunk_hash(ByteView chunk) { return blake2b({ByteView(&kLeafPrefix, 1), chunk}); }

Hash32 chunk_node_hash(const Hash32& left, const Hash32& right) {
    return blake2b({ByteView(&kNodePrefix, 1), ByteView(left), ByteView(right)});
}

BlobHasher::BlobHasher() : state_(std::make_unique<State>()) {
    start(state_->file);
    state_->start_chunk();
}

BlobHasher::~BlobHasher() = default;

void BlobHasher::update(ByteView bytes) {
    State& s = *state_;
    feed(s.file, bytes);
    s.size += bytes.size();
    while (!bytes.empty()) {
        if (s.filled == kBlobChunkBytes) {
            s.chunks.append(end(s.chunk));
            s.start_chunk();
        }
        const std::size_t part = std::min(bytes.size(), kBlobChunkBytes - s.filled);
        feed(s.chunk, bytes.first(part));
        s.filled += part;
        bytes = bytes.subspan(part);
    }
}

BlobHash BlobHasher::finish() {
    State& s = *state_;
    s.chunks.append(end(s.chunk));
    return {end(s.file), s.chunks.root(), s.size};
}

BlobHash hash_blob(ByteView bytes) {
    BlobHasher hasher;
    hasher.update(bytes);
    return hasher.finish();
}

}  // namespace guildhall::federation
