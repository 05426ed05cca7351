// DiskFiles, second part: files that nodes hand to each other.
#include "federation/blob_hash.h"
#include "federation/crypto.h"
#include "node/media/disk_file.h"
#include "node/media/file_store.h"
#include "node/media/image_header.h"
#include "node/media/on_disk.h"
#include "protocol/errors.h"

#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace guildhall::media {
namespace {

using base::Result;
using base::Status;
using base::Task;
using services::BlobName;
using services::BlobPlace;
using services::StoredFile;

constexpr std::string_view kAsideMark = ".new-";

void describe(std::string_view head, StoredFile& out) {
    const FileKind kind = sniff(head);
    out.content_type = kind.content_type;
    out.width = kind.width;
    out.height = kind.height;
}

/// Nothing when there is no such file.
Result<std::optional<StoredFile>> look_at(const std::string& path) {
    std::optional<StoredFile> out;
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return out;
    struct stat info{};
    std::string head(kSniffBytes, '\0');
    const ssize_t n = ::pread(fd, head.data(), head.size(), 0);
    const bool good = ::fstat(fd, &info) == 0 && n >= 0 && S_ISREG(info.st_mode);
    ::close(fd);
    if (!good) return disk_error();
    head.resize(static_cast<std::size_t>(n));
    out.emplace().size = static_cast<std::uint64_t>(info.st_size);
    describe(head, *out);
    return out;
}

/// Whether bytes with that hash and beginning are what the name says.
bool is_true(const BlobName& name, const federation::Hash32& hash, std::string_view head) {
    if (!name.is_image()) return hash.text() == name.hash;
    const FileKind kind = sniff(head);
    if (!kind.content_type.starts_with("image/")) return false;
    const std::string plain = federation::to_hex(hash.text().substr(0, 16));
    return name.image == (kind.animated ? "a_" + plain : plain);
}

/// The state of a file under way; jobs on the pool hold it, too.
struct Aside {
    BlobName name;
    std::string path, aside;
    int fd = -1;
    federation::BlobHasher hasher;
    std::string head;
    std::uint64_t size = 0;

    Aside() = default;
    Aside(const Aside&) = delete;
    Aside& operator=(const Aside&) = delete;
    ~Aside() {
        if (fd < 0) return;
        ::close(fd);
        ::unlink(aside.c_str());
    }

    Status append(std::string_view bytes) {
        if (!write_all(fd, bytes)) return disk_error();
        hasher.update(bytes);
        size += bytes.size();
        head.append(bytes.substr(0, kSniffBytes - head.size()));
        return {};
    }

    Result<StoredFile> finish() {
        const federation::BlobHash got = hasher.finish();
        if (!is_true(name, got.file, head)) return protocol::make_http_error(400);
        StoredFile out;
        out.hash = got.file.text();
        out.size = size;
        describe(head, out);
        TRY_VOID(put_in_place(std::exchange(fd, -1), aside, path));
        return out;
    }
};

class DiskIncoming final : public services::IncomingBlob {
  public:
    DiskIncoming(base::WorkerPool& disk, std::shared_ptr<Aside> file)
        : disk_(disk), file_(std::move(file)) {}

    Task<Status> append(std::string bytes) override {
        auto work = [file = file_, bytes = std::move(bytes)]() -> Result<bool> {
            TRY_VOID(file->append(bytes));
            return true;
        };
        CO_TRY(const bool done, co_await on_disk(disk_, std::move(work)));
        (void)done;
        co_return Status();
    }
    Task<Result<StoredFile>> finish() override {
        co_return co_await on_disk(disk_, [file = std::move(file_)] { return file->finish(); });
    }

  private:
    base::WorkerPool& disk_;
    std::shared_ptr<Aside> file_;
};

}  // namespace

std::string DiskFiles::copy_path(const federation::Hash32& key) const {
    const std::string hex = federation::to_hex(key.text());
    return data_dir_ + "/copies/" + hex.substr(0, 2) + "/" + hex;
}

std::string DiskFiles::own_path(const BlobName& name) const {
    if (name.is_image()) return image_path(name.folder, name.owner, name.image);
    return file_path(name.hash);
}

Task<Result<std::optional<DiskFiles::Found>>> DiskFiles::find(BlobName name) {
    auto work = [own = own_path(name),
                 copy = copy_path(name.key()),
                 hash = name.hash]() -> Result<std::optional<Found>> {
        std::optional<Found> out;
        for (const BlobPlace place : {BlobPlace::own, BlobPlace::copy}) {
            const std::string& path = place == BlobPlace::own ? own : copy;
            TRY(auto file, look_at(path));
            if (!file) continue;
            file->hash = hash;
            out = Found{std::move(*file), place, path};
            break;
        }
        return out;
    };
    co_return co_await on_disk(disk_, std::move(work));
}

Task<Result<std::string>> DiskFiles::read(std::string path,
                                          std::uint64_t offset,
                                          std::size_t length) {
    auto work = [path = std::move(path), offset, length]() -> Result<std::string> {
        const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (fd < 0) return protocol::make_http_error(404);
        std::string out(length, '\0');
        std::size_t have = 0;
        ssize_t n = 1;
        while (n > 0 && have < length) {
            n = ::pread(fd, out.data() + have, length - have, static_cast<off_t>(offset + have));
            if (n > 0) have += static_cast<std::size_t>(n);
        }
        ::close(fd);
        if (n < 0) return disk_error();
        out.resize(have);
        return out;
    };
    co_return co_await on_disk(disk_, std::move(work));
}

Task<Result<std::unique_ptr<services::IncomingBlob>>> DiskFiles::receive(BlobName name,
                                                                         BlobPlace place) {
    auto file = std::make_shared<Aside>();
    file->path = place == BlobPlace::own ? own_path(name) : copy_path(name.key());
    file->aside = file->path + std::string(kAsideMark) + federation::to_hex(rng_.bytes(8));
    file->name = std::move(name);
    auto work = [file, root = data_dir_]() -> Result<bool> {
        TRY_VOID(make_folder_of(root, file->path));
        TRY(file->fd, create_aside(file->aside));
        return true;
    };
    CO_TRY(const bool done, co_await on_disk(disk_, std::move(work)));
    (void)done;
    std::unique_ptr<services::IncomingBlob> out =
        std::make_unique<DiskIncoming>(disk_, std::move(file));
    co_return out;
}

Task<Status> DiskFiles::remove_copy(federation::Hash32 key) {
    auto work = [path = copy_path(key)]() -> Result<bool> { return ::unlink(path.c_str()) == 0; };
    CO_TRY(const bool done, co_await on_disk(disk_, std::move(work)));
    (void)done;
    co_return Status();
}

Task<Status> DiskFiles::adopt(BlobName name) {
    auto work =
        [root = data_dir_, from = copy_path(name.key()), to = own_path(name)]() -> Result<bool> {
        TRY_VOID(make_folder_of(root, to));
        const int fd = ::open(from.c_str(), O_RDONLY | O_CLOEXEC);
        if (fd < 0) return protocol::make_http_error(404);
        TRY_VOID(put_in_place(fd, from, to));
        return true;
    };
    CO_TRY(const bool done, co_await on_disk(disk_, std::move(work)));
    (void)done;
    co_return Status();
}

Task<Status> DiskFiles::remove_others(BlobName image) {
    auto work = [path = own_path(image)]() -> Result<bool> {
        const std::filesystem::path kept(path);
        std::error_code ec;
        std::filesystem::directory_iterator at(kept.parent_path(), ec);
        for (; !ec && at != std::filesystem::directory_iterator(); at.increment(ec)) {
            const std::filesystem::path& other = at->path();
            // One that just arrives is not all here yet.
            if (other == kept || other.filename().string().find(kAsideMark) != std::string::npos)
                continue;
            ::unlink(other.c_str());
        }
        return true;
    };
    CO_TRY(const bool done, co_await on_disk(disk_, std::move(work)));
    (void)done;
    co_return Status();
}

Task<Result<std::vector<DiskFiles::Copy>>> DiskFiles::copies() {
    auto work = [root = data_dir_ + "/copies"]() -> Result<std::vector<Copy>> {
        std::vector<Copy> out;
        std::error_code ec;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root, ec)) {
            if (!entry.is_regular_file(ec)) continue;
            const auto bytes = federation::from_hex(entry.path().filename().string());
            const auto key = bytes ? federation::Hash32::from(*bytes) : std::nullopt;
            if (key) {
                out.push_back({*key, entry.file_size(ec)});
            } else {
                ::unlink(entry.path().c_str());
            }
        }
        return out;
    };
    co_return co_await on_disk(disk_, std::move(work));
}

}  // namespace guildhall::media
