#include "node/services/blobs.h"

#include "federation/crypto.h"

#include <algorithm>
#include <array>

namespace guildhall::services {
namespace {

constexpr std::array<std::string_view, 7> kImageFolders = {
    "avatars", "banners", "icons", "splashes", "discovery-splashes", "role-icons", "app-icons"};
// Ids have 20 digits, hashes 34 letters.
constexpr std::size_t kPlainNameMax = 80;

}  // namespace

bool is_image_folder(std::string_view folder) {
    return std::ranges::find(kImageFolders, folder) != kImageFolders.end();
}

bool is_plain_name(std::string_view name) {
    return !name.empty() && name.size() <= kPlainNameMax &&
           name.find_first_not_of(
               "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-") == name.npos;
}

federation::Hash32 BlobName::key() const {
    if (is_image()) {
        const std::string text = folder + "/" + owner + "/" + image;
        return federation::blake2b(federation::ByteView(text));
    }
    return federation::Hash32::from(hash).value_or(federation::Hash32{});
}

std::string BlobName::address() const { return folder + "/" + owner + "/" + image + ".png"; }

std::optional<BlobName> BlobName::of_address(std::string_view address) {
    const std::size_t first = address.find('/');
    if (first == address.npos) return std::nullopt;
    const std::size_t second = address.find('/', first + 1);
    if (second == address.npos) return std::nullopt;
    const std::string_view folder = address.substr(0, first);
    const std::string_view owner = address.substr(first + 1, second - first - 1);
    const std::string_view last = address.substr(second + 1);
    const std::string_view image = last.substr(0, last.find('.'));
    if (!is_image_folder(folder) || !is_plain_name(owner) || !is_plain_name(image))
        return std::nullopt;
    return BlobName{{}, std::string(folder), std::string(owner), std::string(image)};
}

}  // namespace guildhall::services
