#include "tests/support/fault_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <map>
#include <new>
#include <random>

namespace guildhall::tests {

namespace {

/// Our file object; the system VFS's own follows it in the memory SQLite gives us.
struct ShimFile {
    sqlite3_file base;
    FaultVfs* owner;
    std::string* name;

    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

ShimFile& shim(sqlite3_file* file) { return *reinterpret_cast<ShimFile*>(file); }
sqlite3_file* real(sqlite3_file* file) { return shim(file).real(); }
const sqlite3_io_methods& methods(sqlite3_file* file) { return *real(file)->pMethods; }

int close_file(sqlite3_file* file) {
    const int code = real(file)->pMethods != nullptr ? methods(file).xClose(real(file)) : SQLITE_OK;
    delete shim(file).name;
    return code;
}
int read_file_bytes(sqlite3_file* file, void* out, int size, sqlite3_int64 offset) {
    return methods(file).xRead(real(file), out, size, offset);
}
int write_file(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
    if (int code = shim(file).owner->before(DiskOp::Kind::write); code != SQLITE_OK) return code;
    const int code = methods(file).xWrite(real(file), bytes, size, offset);
    shim(file).owner->after({DiskOp::Kind::write,
                             *shim(file).name,
                             offset,
                             std::string(static_cast<const char*>(bytes), size)});
    return code;
}
int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    if (int code = shim(file).owner->before(DiskOp::Kind::truncate); code != SQLITE_OK) return code;
    const int code = methods(file).xTruncate(real(file), size);
    shim(file).owner->after({DiskOp::Kind::truncate, *shim(file).name, size, {}});
    return code;
}
int sync_file(sqlite3_file* file, int flags) {
    if (int code = shim(file).owner->before(DiskOp::Kind::sync); code != SQLITE_OK) return code;
    const int code = methods(file).xSync(real(file), flags);
    shim(file).owner->after({DiskOp::Kind::sync, *shim(file).name, 0, {}});
    return code;
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return methods(file).xFileSize(real(file), size);
}
int lock_file(sqlite3_file* file, int level) { return methods(file).xLock(real(file), level); }
int unlock_file(sqlite3_file* file, int level) { return methods(file).xUnlock(real(file), level); }
int check_lock(sqlite3_file* file, int* out) {
    return methods(file).xCheckReservedLock(real(file), out);
}
int control_file(sqlite3_file* file, int op, void* arg) {
    return methods(file).xFileControl(real(file), op, arg);
}
int sector_size(sqlite3_file* file) { return methods(file).xSectorSize(real(file)); }
int characteristics(sqlite3_file* file) { return methods(file).xDeviceCharacteristics(real(file)); }
int shm_map(sqlite3_file* file, int page, int size, int extend, volatile void** out) {
    return methods(file).xShmMap(real(file), page, size, extend, out);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
    return methods(file).xShmLock(real(file), offset, count, flags);
}
void shm_barrier(sqlite3_file* file) { methods(file).xShmBarrier(real(file)); }
int shm_unmap(sqlite3_file* file, int remove) {
    return methods(file).xShmUnmap(real(file), remove);
}

const sqlite3_io_methods kMethods = {2,
                                     close_file,
                                     read_file_bytes,
                                     write_file,
                                     truncate_file,
                                     sync_file,
                                     file_size,
                                     lock_file,
                                     unlock_file,
                                     check_lock,
                                     control_file,
                                     sector_size,
                                     characteristics,
                                     shm_map,
                                     shm_lock,
                                     shm_barrier,
                                     shm_unmap,
                                     nullptr,
                                     nullptr};

FaultVfs& owner_of(sqlite3_vfs* vfs) { return *static_cast<FaultVfs*>(vfs->pAppData); }

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    FaultVfs& owner = owner_of(vfs);
    auto* made = new (file) ShimFile{};
    made->owner = &owner;
    made->name = new std::string(path != nullptr ? std::filesystem::path(path).filename() : "");
    const int code = owner.real()->xOpen(owner.real(), path, made->real(), flags, out_flags);
    // Without methods SQLite will not close it.
    if (made->real()->pMethods != nullptr) {
        made->base.pMethods = &kMethods;
    } else {
        delete made->name;
    }
    return code;
}

int delete_file(sqlite3_vfs* vfs, const char* path, int sync_folder) {
    FaultVfs& owner = owner_of(vfs);
    const int code = owner.real()->xDelete(owner.real(), path, sync_folder);
    owner.after({DiskOp::Kind::remove, std::filesystem::path(path).filename(), 0, {}});
    return code;
}

/// A file of the rebuilt disk: what is surely on it, and what was written since its last sync.
struct DiskFile {
    std::string durable;
    std::vector<const DiskOp*> pending;
};

void apply(std::string& content, const DiskOp& op, std::size_t from, std::size_t size) {
    if (op.kind == DiskOp::Kind::truncate) {
        content.resize(static_cast<std::size_t>(op.offset));
        return;
    }
    const std::size_t at = static_cast<std::size_t>(op.offset) + from;
    if (content.size() < at + size) content.resize(at + size);
    std::memcpy(content.data() + at, op.bytes.data() + from, size);
}

void apply_all(DiskFile& file) {
    for (const DiskOp* op : file.pending) apply(file.durable, *op, 0, op->bytes.size());
    file.pending.clear();
}

/// Sectors of unsynced writes reach the disk or do not, each by itself.
void apply_some(DiskFile& file, std::mt19937_64& chance) {
    constexpr std::size_t kSector = 512;
    for (const DiskOp* op : file.pending) {
        if (op->kind == DiskOp::Kind::truncate) {
            if (chance() % 2 == 0) apply(file.durable, *op, 0, 0);
            continue;
        }
        const bool whole = chance() % 4 == 0;
        for (std::size_t at = 0; at < op->bytes.size(); at += kSector) {
            if (!whole && chance() % 2 == 0) continue;
            apply(file.durable, *op, at, std::min(kSector, op->bytes.size() - at));
        }
    }
    file.pending.clear();
}

}  // namespace

FaultVfs::FaultVfs(std::string name) : name_(std::move(name)), real_(sqlite3_vfs_find(nullptr)) {
    shim_ = std::make_unique<sqlite3_vfs>(*real_);
    shim_->zName = name_.c_str();
    shim_->szOsFile = static_cast<int>(sizeof(ShimFile)) + real_->szOsFile;
    shim_->pNext = nullptr;
    shim_->pAppData = this;
    shim_->xOpen = open_file;
    shim_->xDelete = delete_file;
    sqlite3_vfs_register(shim_.get(), 0);
}

FaultVfs::~FaultVfs() { sqlite3_vfs_unregister(shim_.get()); }

void FaultVfs::fail_call(std::uint64_t n, int code, bool stay) {
    const std::lock_guard guard(mutex_);
    countdown_ = n;
    code_ = code;
    stay_ = stay;
    fired_ = false;
}

void FaultVfs::heal() {
    const std::lock_guard guard(mutex_);
    countdown_ = 0;
    stay_ = false;
}

bool FaultVfs::fired() const {
    const std::lock_guard guard(mutex_);
    return fired_;
}

void FaultVfs::record() {
    const std::lock_guard guard(mutex_);
    recording_ = true;
}

std::size_t FaultVfs::position() const {
    const std::lock_guard guard(mutex_);
    return ops_.size();
}

std::vector<DiskOp> FaultVfs::recorded() const {
    const std::lock_guard guard(mutex_);
    return ops_;
}

int FaultVfs::before(DiskOp::Kind kind) {
    const std::lock_guard guard(mutex_);
    if (countdown_ == 0 || --countdown_ > 0) return SQLITE_OK;
    fired_ = true;
    if (stay_) countdown_ = 1;
    // A full disk is noticed when writing; a sync can only fail as input or output.
    if (kind == DiskOp::Kind::sync && code_ == SQLITE_FULL) return SQLITE_IOERR_FSYNC;
    return code_;
}

void FaultVfs::after(DiskOp op) {
    const std::lock_guard guard(mutex_);
    if (recording_) ops_.push_back(std::move(op));
}

void rebuild_disk(std::span<const DiskOp> ops,
                  std::size_t cut,
                  std::uint64_t seed,
                  const std::filesystem::path& folder) {
    std::mt19937_64 chance(seed);
    std::map<std::string, DiskFile> files;
    for (const DiskOp& op : ops.first(cut)) {
        if (op.kind == DiskOp::Kind::remove) {
            files.erase(op.file);
        } else if (op.kind == DiskOp::Kind::sync) {
            apply_all(files[op.file]);
        } else {
            files[op.file].pending.push_back(&op);
        }
    }
    std::filesystem::create_directories(folder);
    for (auto& [name, file] : files) {
        apply_some(file, chance);
        std::ofstream(folder / name, std::ios::binary) << file.durable;
    }
}

}  // namespace guildhall::tests
