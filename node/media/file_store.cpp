#include "node/media/file_store.h"

#include "federation/crypto.h"
#include "node/media/disk_file.h"
#include "node/media/image_header.h"
#include "node/media/on_disk.h"
#include "protocol/errors.h"

#include <unistd.h>

namespace guildhall::media {
namespace {

using protocol::Status;

/// Puts `bytes` at `path` durably. Names follow from content, so what is there is only renewed.
Status put_file(const std::string& root,
                const std::string& path,
                const std::string& suffix,
                std::string_view bytes) {
    TRY(const bool there, renew_file(path));
    if (there) return {};
    const std::string aside = path + suffix;
    TRY_VOID(make_folder_of(root, path));
    TRY(const int fd, create_aside(aside));
    if (!write_all(fd, bytes)) {
        const protocol::Error error = disk_error();
        ::close(fd);
        ::unlink(aside.c_str());
        return error;
    }
    return put_in_place(fd, aside, path);
}

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
        TRY_VOID(put_file(data_dir_, file_path(out.hash), suffix, bytes));
        return out;
    };
    co_return co_await on_disk(disk_, std::move(store));
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
        TRY_VOID(put_file(data_dir_, image_path(place, owner.str(), hash), suffix, bytes));
        return hash;
    };
    co_return co_await on_disk(disk_, std::move(store));
}

}  // namespace guildhall::media
