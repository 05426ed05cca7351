#pragma once
// Files that people attach, as services see them; node/media keeps them. Called on any shard.

#include "node/base/task.h"

#include <optional>
#include <string>

namespace guildhall::services {

struct StoredFile {
    /// BLAKE2b-256 of the bytes, 32 bytes: also where it is kept.
    std::string hash;
    std::uint64_t size = 0;
    /// Sniffed, never the uploader's word.
    std::string content_type;
    /// Pixels; 0 for what is no image.
    std::uint32_t width = 0, height = 0;
};

/// What came in a request.
struct Upload {
    /// The part's name ("files[0]"), the file's name, its bytes.
    std::string field, filename, bytes;
    /// A file that another node handed over before and that is kept already; `bytes` are empty.
    std::optional<StoredFile> kept = {};
};

class FileStore {
  public:
    virtual ~FileStore() = default;
    /// The file is durable when this returns; the same bytes are kept once.
    virtual base::Task<base::Result<StoredFile>> put(std::string bytes) = 0;
};

}  // namespace guildhall::services
