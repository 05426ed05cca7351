#include "node/app/archive.h"

#include "federation/blob_hash.h"
#include "node/app/fault.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace guildhall::app {
namespace {

using protocol::Status;

struct FreeWriter {
    void operator()(archive* a) const { archive_write_free(a); }
};
struct FreeReader {
    void operator()(archive* a) const { archive_read_free(a); }
};
struct FreeEntry {
    void operator()(archive_entry* e) const { archive_entry_free(e); }
};
using Writer = std::unique_ptr<archive, FreeWriter>;
using Reader = std::unique_ptr<archive, FreeReader>;

protocol::Error fault_of(archive* a, const std::string& file) {
    const char* why = archive_error_string(a);
    return fault(file + ": " + (why ? why : "cannot be processed"));
}

Status add_file(archive* out, const ArchiveEntry& source) {
    struct stat info{};
    // A file that went since it was listed belonged to a message that was deleted meanwhile.
    const int fd = ::open(source.path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0 || ::fstat(fd, &info) != 0) {
        if (fd >= 0) ::close(fd);
        return {};
    }
    const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), source.name.c_str());
    archive_entry_set_size(entry.get(), info.st_size);
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0600);
    bool good = archive_write_header(out, entry.get()) == ARCHIVE_OK;
    std::string buffer(1 << 16, '\0');
    ssize_t n = 0;
    std::int64_t copied = 0;
    while (good && (n = ::read(fd, buffer.data(), buffer.size())) > 0) {
        good = archive_write_data(out, buffer.data(), static_cast<std::size_t>(n)) == n;
        copied += n;
    }
    ::close(fd);
    if (!good) return fault_of(out, source.name);
    // The format fills up what is missing with zeros, which would pass for the file.
    if (n < 0 || copied != info.st_size) return fault("cannot read " + source.path);
    return {};
}

constexpr std::string_view kSealMark = "GHSEAL1\n";
constexpr std::size_t kSealBytes = kSealMark.size() + sizeof(federation::Hash32);

/// The mark and the hash of the first `size` bytes.
Status make_seal(int fd, std::uint64_t size, std::string& out) {
    federation::BlobHasher hasher;
    std::string buffer(1 << 16, '\0');
    for (std::uint64_t at = 0; at < size;) {
        const auto wanted = std::min<std::uint64_t>(buffer.size(), size - at);
        const ssize_t n = ::pread(fd, buffer.data(), wanted, static_cast<off_t>(at));
        if (n <= 0) return fault("the archive cannot be read");
        hasher.update(std::string_view(buffer).substr(0, static_cast<std::size_t>(n)));
        at += static_cast<std::uint64_t>(n);
    }
    out = std::string(kSealMark) + std::string(hasher.finish().file.text());
    return {};
}

Status add_seal(int fd) {
    const off_t size = ::lseek(fd, 0, SEEK_END);
    std::string seal;
    if (size < 0) return fault("the archive cannot be read");
    TRY_VOID(make_seal(fd, static_cast<std::uint64_t>(size), seal));
    if (::write(fd, seal.data(), seal.size()) != static_cast<ssize_t>(seal.size()))
        return fault("the archive cannot be written");
    return {};
}

Status check_seal(const std::string& file) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return fault("cannot read " + file);
    struct stat info{};
    const bool fits =
        ::fstat(fd, &info) == 0 && static_cast<std::uint64_t>(info.st_size) >= kSealBytes;
    const auto size = fits ? static_cast<std::uint64_t>(info.st_size) - kSealBytes : 0;
    std::string found(kSealBytes, '\0'), seal;
    Status read = make_seal(fd, size, seal);
    const bool whole = fits && ::pread(fd, found.data(), kSealBytes, static_cast<off_t>(size)) ==
                                   ssize_t{kSealBytes};
    ::close(fd);
    if (!read) return read;
    if (!whole || found != seal) return fault(file + " is not whole, or is not as it was written");
    return {};
}

Status sync_path(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = fd >= 0 && ::fsync(fd) == 0;
    if (fd >= 0) ::close(fd);
    if (!synced) return fault("cannot sync " + path);
    return {};
}

Status write_entries(int fd,
                     const std::string& file,
                     const std::vector<ArchiveEntry>& entries,
                     ArchiveProgress progress,
                     ArchiveSeal seal) {
    const Writer out(archive_write_new());
    archive_write_set_format_pax_restricted(out.get());
    if (archive_write_open_fd(out.get(), fd) != ARCHIVE_OK) return fault_of(out.get(), file);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        TRY_VOID(add_file(out.get(), entries[i]));
        progress(i + 1, entries.size());
    }
    if (archive_write_close(out.get()) != ARCHIVE_OK) return fault_of(out.get(), file);
    if (seal == ArchiveSeal::hash) TRY_VOID(add_seal(fd));
    if (::fsync(fd) != 0) return fault("cannot sync " + file);
    return {};
}

/// Private to its user from its first byte, whatever the umask: a node's data holds password hashes
/// and the keys of every session. What an ended run left under this name goes, for its mode's sake.
Status write_all(const std::string& file,
                 const std::vector<ArchiveEntry>& entries,
                 ArchiveProgress progress,
                 ArchiveSeal seal) {
    ::unlink(file.c_str());
    const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return fault("cannot write " + file + ": " + std::generic_category().message(errno));
    auto done = write_entries(fd, file, entries, progress, seal);
    ::close(fd);
    return done;
}

/// Relative, without "..": stays below the folder it is put in.
bool is_safe_name(const std::filesystem::path& name) {
    if (name.empty() || name.is_absolute()) return false;
    for (const auto& part : name) {
        if (part == "..") return false;
    }
    return true;
}

Status extract(archive* in, archive_entry* entry, const std::string& folder) {
    const char* text = archive_entry_pathname(entry);
    const std::filesystem::path name(text ? text : "");
    if (!is_safe_name(name) || archive_entry_filetype(entry) != AE_IFREG) {
        return fault("the archive holds something that is not a file of a node");
    }
    const auto path = std::filesystem::path(folder) / name;
    std::error_code ec;
    std::filesystem::create_directories(path.parent_path(), ec);
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return fault("cannot write " + path.string());
    const bool good = archive_read_data_into_fd(in, fd) == ARCHIVE_OK && ::fsync(fd) == 0;
    ::close(fd);
    if (!good) return fault_of(in, path.string());
    return {};
}

}  // namespace

Status write_archive(const std::string& file,
                     const std::vector<ArchiveEntry>& entries,
                     ArchiveProgress progress,
                     ArchiveSeal seal) {
    if (std::filesystem::exists(file)) return fault(file + " is there already");
    const std::string aside = file + ".part";
    auto done = write_all(aside, entries, progress, seal);
    std::error_code ec;
    if (done) std::filesystem::rename(aside, file, ec);
    if (!done || ec) {
        std::filesystem::remove(aside);
        return done ? fault("cannot write " + file) : done.error();
    }
    const auto parent = std::filesystem::absolute(file).parent_path();
    return sync_path(parent);
}

Status read_archive(const std::string& file, const std::string& folder, ArchiveSeal seal) {
    if (seal == ArchiveSeal::hash) TRY_VOID(check_seal(file));
    const Reader in(archive_read_new());
    archive_read_support_format_tar(in.get());
    if (archive_read_open_filename(in.get(), file.c_str(), 1 << 16) != ARCHIVE_OK) {
        return fault_of(in.get(), file);
    }
    archive_entry* entry = nullptr;
    for (;;) {
        const int got = archive_read_next_header(in.get(), &entry);
        if (got == ARCHIVE_EOF) return {};
        if (got != ARCHIVE_OK) return fault_of(in.get(), file);
        TRY_VOID(extract(in.get(), entry, folder));
    }
}

}  // namespace guildhall::app
