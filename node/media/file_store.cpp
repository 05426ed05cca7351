#include "node/media/file_store.h"

#include "federation/blob_hash.h"
#include "federation/crypto.h"
#include "node/media/image_header.h"
#include "protocol/errors.h"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace guildhall::media {
namespace {

using protocol::Status;

/// 507 when the disk is full, 503 for any other failure of it.
protocol::Error disk_error() {
    return protocol::make_http_error(errno == ENOSPC || errno == EDQUOT ? 507 : 503);
}

bool write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t n = ::write(fd, bytes.data(), bytes.size());
        if (n < 0) {
            if (errno == EINTR) continue;
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

Status sync_folder(const std::string& folder) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return disk_error();
    const bool synced = ::fsync(fd) == 0;
    ::close(fd);
    if (!synced) return disk_error();
    return {};
}

/// Puts `bytes` at `path` durably. Names follow from content, so what is there is only touched: the
/// janitor takes away no file that somebody put within the hour.
Status put_file(const std::string& path, const std::string& suffix, std::string_view bytes) {
    const std::string folder = std::filesystem::path(path).parent_path();
    // Whoever put it there may not have come to the last sync.
    if (::utimensat(AT_FDCWD, path.c_str(), nullptr, 0) == 0) return sync_folder(folder);
    std::error_code ec;
    const bool made = std::filesystem::create_directories(folder, ec);
    if (ec) {
        errno = ec.value();
        return disk_error();
    }
    const std::string aside = path + suffix;
    const int fd = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return disk_error();
    const bool whole = write_all(fd, bytes) && ::fsync(fd) == 0;
    const protocol::Error error = disk_error();
    ::close(fd);
    if (!whole || ::rename(aside.c_str(), path.c_str()) != 0) {
        ::unlink(aside.c_str());
        return error;
    }
    TRY_VOID(sync_folder(folder));
    // New folders may reach up to the data folder: DATA/images/FOLDER/OWNER.
    std::filesystem::path above = folder;
    for (int level = 0; made && level < 3; ++level) {
        above = above.parent_path();
        TRY_VOID(sync_folder(above));
    }
    return {};
}

/// What work on the pool came to; the pool has its own way to fail.
template <class T>
struct Outcome {
    // First, so that an Error alone does not make an Outcome.
    protocol::NotFromNumber guard;
    base::Result<T> value;
};

}  // namespace

std::string DiskFiles::file_path(std::string_view hash) const {
    const std::string hex = federation::to_hex(hash);
    return data_dir_ + "/files/" + hex.substr(0, 2) + "/" + hex;
}

std::string DiskFiles::image_path(std::string_view folder,
                                  std::string_view owner,
                                  std::string_view hash) const {
    return data_dir_ + "/images/" + std::string(folder) + "/" + std::string(owner) + "/" +
           std::string(hash);
}

base::Task<base::Result<services::StoredFile>> DiskFiles::put(std::string bytes) {
    const std::string suffix = ".new-" + federation::to_hex(rng_.bytes(8));
    auto store = [this, suffix, bytes = std::move(bytes)]() -> base::Result<services::StoredFile> {
        services::StoredFile out;
        out.hash = federation::blake2b(bytes).text();
        out.size = bytes.size();
        const FileKind kind = sniff(bytes);
        out.content_type = kind.content_type;
        out.width = kind.width;
        out.height = kind.height;
        TRY_VOID(put_file(file_path(out.hash), suffix, bytes));
        return out;
    };
    CO_TRY(auto outcome, co_await disk_.run([store = std::move(store)] {
        return Outcome<services::StoredFile>{{}, store()};
    }));
    co_return std::move(outcome.value);
}

base::Task<protocol::Result<std::string>> DiskFiles::put(std::string_view folder,
                                                         protocol::Snowflake owner,
                                                         std::string bytes) {
    const std::string suffix = ".new-" + federation::to_hex(rng_.bytes(8));
    const std::string place(folder);
    auto store =
        [this, suffix, place, owner, bytes = std::move(bytes)]() -> base::Result<std::string> {
        const FileKind kind = sniff(bytes);
        if (!kind.content_type.starts_with("image/")) {
            return protocol::make_error(protocol::kInvalidFormBody);
        }
        std::string hash = federation::to_hex(federation::blake2b(bytes).text().substr(0, 16));
        if (kind.animated) hash = "a_" + hash;
        TRY_VOID(put_file(image_path(place, owner.str(), hash), suffix, bytes));
        return hash;
    };
    CO_TRY(auto outcome, co_await disk_.run([store = std::move(store)] {
        return Outcome<std::string>{{}, store()};
    }));
    co_return std::move(outcome.value);
}

}  // namespace guildhall::media
