#include "node/media/disk_file.h"

#include "protocol/errors.h"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace guildhall::media {

using protocol::Result;
using protocol::Status;

namespace {

Status sync_folder(const std::string& folder) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return disk_error();
    const bool synced = ::fsync(fd) == 0;
    ::close(fd);
    if (!synced) return disk_error();
    return {};
}

}  // namespace

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

Result<bool> renew_file(const std::string& path) {
    if (::utimensat(AT_FDCWD, path.c_str(), nullptr, 0) != 0) return false;
    // Whoever put it there may not have come to the last sync.
    TRY_VOID(sync_folder(std::filesystem::path(path).parent_path()));
    return true;
}

Status make_folder_of(const std::string& root, const std::string& path) {
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    std::error_code ec;
    const bool made = std::filesystem::create_directories(folder, ec);
    if (ec) {
        errno = ec.value();
        return disk_error();
    }
    // A new folder is durable when the one that holds it is.
    const std::filesystem::path below = folder.lexically_relative(root);
    std::filesystem::path above = folder;
    for (auto levels = std::distance(below.begin(), below.end()); made && levels > 0; --levels) {
        above = above.parent_path();
        TRY_VOID(sync_folder(above));
    }
    return {};
}

Result<int> create_aside(const std::string& aside) {
    const int fd = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return disk_error();
    return fd;
}

Status put_in_place(int fd, const std::string& aside, const std::string& path) {
    const bool whole = ::fsync(fd) == 0;
    const protocol::Error error = disk_error();
    ::close(fd);
    if (!whole || ::rename(aside.c_str(), path.c_str()) != 0) {
        ::unlink(aside.c_str());
        return error;
    }
    return sync_folder(std::filesystem::path(path).parent_path());
}

}  // namespace guildhall::media
