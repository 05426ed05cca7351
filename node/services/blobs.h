#pragma once
// Files as nodes hand them to each other: RemoteFiles fetches what this node has not (node/peering
// asks other nodes), and BlobFiles keeps what came (node/media, on the disk). A file is named by
// its content: an attachment by its whole hash, an image by the half of it that stands in its
// address, so that nobody can pass one file for another. Called on any shard.

#include "federation/bytes.h"
#include "node/base/task.h"
#include "node/services/files.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::base {
class Shard;
}

namespace guildhall::services {

struct BlobName {
    /// BLAKE2b-256 of an attached file; empty for an image.
    std::string hash;
    /// "icons", the owner's id, and the hash as the API writes it.
    std::string folder, owner, image;

    static BlobName of_file(std::string hash) { return {std::move(hash), {}, {}, {}}; }
    bool is_image() const { return hash.empty(); }
    /// What a copy is kept under: an attachment's hash, or that of an image's address.
    federation::Hash32 key() const;
    /// "icons/ID/HASH.png", as nodes ask for it; whatever it ends in, the file is the same.
    std::string address() const;
    /// Nothing for what is no address of an image.
    static std::optional<BlobName> of_address(std::string_view address);
};

/// Whether the CDN has images under that folder.
bool is_image_folder(std::string_view folder);
/// Letters, digits, '_' and '-', as ids and hashes have them.
bool is_plain_name(std::string_view name);

/// Where a file is put: with this node's own, or among the copies of others' files, which end when
/// room is needed.
enum class BlobPlace : std::uint8_t { own, copy };

/// A file that arrives in pieces. Dropped before finish(): nothing is left of it.
class IncomingBlob {
  public:
    virtual ~IncomingBlob() = default;
    /// The next bytes.
    virtual base::Task<base::Status> append(std::string bytes) = 0;
    /// Puts the file in its place, durably; an error when it is not what its name says.
    virtual base::Task<base::Result<StoredFile>> finish() = 0;
};

class BlobFiles {
  public:
    struct Found {
        StoredFile file;
        BlobPlace place = BlobPlace::own;
        std::string path;
    };
    virtual ~BlobFiles() = default;
    virtual base::Task<base::Result<std::optional<Found>>> find(BlobName name) = 0;
    /// At most `length` bytes from `offset`; fewer only at the end.
    virtual base::Task<base::Result<std::string>> read(std::string path,
                                                       std::uint64_t offset,
                                                       std::size_t length) = 0;
    virtual base::Task<base::Result<std::unique_ptr<IncomingBlob>>> receive(BlobName name,
                                                                            BlobPlace place) = 0;
    virtual base::Task<base::Status> remove_copy(federation::Hash32 key) = 0;
    /// A copy becomes one of this node's own files.
    virtual base::Task<base::Status> adopt(BlobName name) = 0;
    /// Removes other images of this node's own of the same owner and folder.
    virtual base::Task<base::Status> remove_others(BlobName image) = 0;
    struct Copy {
        federation::Hash32 key{};
        std::uint64_t size = 0;
    };
    /// All copies on the disk; unfinished ones are removed. For start-up.
    virtual base::Task<base::Result<std::vector<Copy>>> copies() = 0;
};

class RemoteFiles {
  public:
    virtual ~RemoteFiles() = default;
    /// Where the file is on the disk once it is there, whole and verified; 404 when no node gives
    /// it. `channel`: of the message that names it; 0 for an image.
    virtual base::Task<base::Result<std::string>> fetch(base::Shard& here,
                                                        BlobName name,
                                                        std::uint64_t channel) = 0;
};

}  // namespace guildhall::services
