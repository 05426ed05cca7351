// The attached files and images of a guild's file: they go where the folder's own are, when they
// are what their names say.
#include "federation/crypto.h"
#include "node/app/fault.h"
#include "node/app/guild_file.h"
#include "node/media/image_header.h"
#include "node/services/blobs.h"
#include "node/store/tables/attachments.h"

#include <filesystem>
#include <vector>

namespace guildhall::app {

namespace f = federation;
namespace fs = std::filesystem;
using protocol::Status;

namespace {

// Of an image's hash, in its address.
constexpr std::size_t kImageHashBytes = 16;

/// The folder and name that bytes with that hash have among attached files.
fs::path place_of_file(const std::string& hex) {
    return fs::path("files") / hex.substr(0, 2) / hex;
}

/// An image of the guild: folder, owner, and the half of its hash that stands in its address.
bool is_image_of(protocol::GuildId guild, const fs::path& name, std::string_view bytes) {
    std::vector<std::string> parts;
    for (const auto& part : name) parts.push_back(part.string());
    const std::string half = f::to_hex(f::blake2b(bytes).text().substr(0, kImageHashBytes));
    return parts.size() == 4 && services::is_image_folder(parts[1]) && parts[2] == guild.str() &&
           (parts[3] == half || parts[3] == "a_" + half) &&
           media::sniff(bytes).content_type.starts_with("image/");
}

}  // namespace

Status take_files(const std::string& parts, const std::string& folder, GuildFileReport& report) {
    std::error_code ec;
    for (const char* kind : {"files", "images"}) {
        const fs::path from = fs::path(parts) / kind;
        for (const auto& file : fs::recursive_directory_iterator(from, ec)) {
            if (!file.is_regular_file(ec)) continue;
            const fs::path name = fs::relative(file.path(), parts, ec);
            TRY(const std::string bytes, read_part(file.path().string()));
            const bool attached = std::string_view(kind) == "files";
            const bool is_true = attached ? name == place_of_file(f::to_hex(f::blake2b(bytes)))
                                          : is_image_of(report.guild, name, bytes);
            if (!is_true) return fault("file " + name.string() + " is not what its name says");
            if (attached) ++report.files;
            const fs::path to = fs::path(folder) / name;
            fs::create_directories(to.parent_path(), ec);
            if (!fs::exists(to)) fs::copy_file(file.path(), to, ec);
            if (ec) return fault("cannot write " + to.string());
        }
    }
    return {};
}

Status count_missing_files(store::Tx& tx, const std::string& folder, GuildFileReport& report) {
    TRY(const auto hashes, store::attachments::hashes_of_guild(tx, report.guild));
    for (const std::string& hash : hashes) {
        if (!fs::exists(fs::path(folder) / place_of_file(f::to_hex(hash)))) ++report.files_missing;
    }
    return {};
}

}  // namespace guildhall::app
