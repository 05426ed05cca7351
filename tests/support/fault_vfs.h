#pragma once
// A disk that fails and a disk that loses power, as SQLite sees them: a VFS over the system's that
// can fail the Nth write, truncate or sync from now, and that records those calls so that the disk
// can be rebuilt as a power cut at any of them may leave it. Safe from any thread.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

struct sqlite3_vfs;  // NOLINT(readability-identifier-naming): SQLite's name.

namespace guildhall::tests {

/// One call that changed the disk.
struct DiskOp {
    enum class Kind { write, truncate, sync, remove };
    Kind kind;
    /// The file's name without its folder.
    std::string file;
    /// Where it was written, or what it was truncated to.
    std::int64_t offset = 0;
    std::string bytes;
};

class FaultVfs {
  public:
    /// Registers itself under `name` until it is destroyed; after the databases that use it.
    explicit FaultVfs(std::string name);
    ~FaultVfs();
    FaultVfs(const FaultVfs&) = delete;
    FaultVfs& operator=(const FaultVfs&) = delete;

    /// The `n`th call from now (from 1) fails with SQLite's `code`, and with `stay` all after it.
    void fail_call(std::uint64_t n, int code, bool stay);
    void heal();
    /// Whether a call failed since fail_call().
    bool fired() const;

    void record();
    /// How many calls were recorded so far.
    std::size_t position() const;
    std::vector<DiskOp> recorded() const;

    /// For the shim's files: SQLITE_OK, or the code this call fails with.
    int before(DiskOp::Kind kind);
    void after(DiskOp op);
    sqlite3_vfs* real() const { return real_; }

  private:
    std::string name_;
    sqlite3_vfs* real_;
    std::unique_ptr<sqlite3_vfs> shim_;

    mutable std::mutex mutex_;
    std::uint64_t countdown_ = 0;
    int code_ = 0;
    bool stay_ = false;
    bool fired_ = false;
    bool recording_ = false;
    std::vector<DiskOp> ops_;
};

/// Writes into `folder` what a disk may hold when power goes after `cut` of the calls: everything
/// synced, and of the rest an arbitrary part (chosen by `seed`) in units of 512 bytes.
void rebuild_disk(std::span<const DiskOp> ops,
                  std::size_t cut,
                  std::uint64_t seed,
                  const std::filesystem::path& folder);

}  // namespace guildhall::tests
