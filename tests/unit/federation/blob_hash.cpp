#include "federation/blob_hash.h"

#include "federation/crypto.h"
#include "tests/catch.h"
#include "tests/unit/federation/support.h"

namespace guildhall::federation {

namespace {

std::string content(std::size_t size) {
    std::string out(size, '\0');
    for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<char>(i * 31 + i / 251);
    return out;
}

}  // namespace

TEST_CASE("a file's hash is BLAKE2b of its bytes and its tree that of its 64 KiB chunks") {
    const std::string file = content(3 * kBlobChunkBytes + 5);
    const ByteView bytes(file);
    const BlobHash hash = hash_blob(bytes);
    CHECK(hash.file == blake2b(bytes));
    CHECK(hash.size == file.size());
    auto chunk = [&](std::size_t i) {
        return chunk_hash(bytes.subspan(
            i * kBlobChunkBytes, std::min(kBlobChunkBytes, file.size() - i * kBlobChunkBytes)));
    };
    CHECK(hash.chunk_root == chunk_node_hash(chunk_node_hash(chunk(0), chunk(1)),
                                             chunk_node_hash(chunk(2), chunk(3))));
}

TEST_CASE("a file ending on a chunk's edge has no empty chunk after it") {
    const std::string file = content(kBlobChunkBytes);
    CHECK(hash_blob(file).chunk_root == chunk_hash(file));
    CHECK(hash_blob("").chunk_root == chunk_hash(""));
    CHECK(hash_blob("").file == blake2b(""));
}

TEST_CASE("pieces of any size give the same hash") {
    const std::string file = content(2 * kBlobChunkBytes + 100);
    for (std::size_t piece : {1000ul, 65535ul, 65536ul, 65537ul}) {
        BlobHasher hasher;
        for (std::size_t at = 0; at < file.size(); at += piece) {
            hasher.update(std::string_view(file).substr(at, piece));
        }
        CHECK(hasher.finish() == hash_blob(file));
    }
}

}  // namespace guildhall::federation
