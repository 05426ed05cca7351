#include "node/app/guild_file.h"

#include "federation/bytes.h"
#include "protocol/errors.h"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace guildhall::app {

namespace f = federation;

namespace {

constexpr std::size_t kUserBytesMax = 16 * 1024;

void put(f::ByteWriter& out, std::string_view text) {
    out.put(static_cast<std::uint32_t>(text.size())).put(f::ByteView(text));
}

bool get(f::ByteReader& in, std::string& text) {
    const auto size = in.get<std::uint32_t>();
    if (size > kUserBytesMax) return false;
    text = in.take(size).text();
    return true;
}

}  // namespace

std::string encode(const UserRecord& user) {
    f::ByteWriter out;
    out.put(user.id).put(static_cast<std::uint8_t>(user.bot));
    out.put(static_cast<std::uint8_t>(user.deleted));
    for (const std::string* text : {&user.uid,
                                    &user.genesis,
                                    &user.profile,
                                    &user.home_uid,
                                    &user.username,
                                    &user.global_name,
                                    &user.avatar})
        put(out, *text);
    return out.take();
}

std::optional<UserRecord> decode_user_record(std::string_view bytes) {
    f::ByteReader in{f::ByteView(bytes)};
    UserRecord out;
    out.id = in.get<std::uint64_t>();
    out.bot = in.get<std::uint8_t>() != 0;
    out.deleted = in.get<std::uint8_t>() != 0;
    for (std::string* text : {&out.uid,
                              &out.genesis,
                              &out.profile,
                              &out.home_uid,
                              &out.username,
                              &out.global_name,
                              &out.avatar}) {
        if (!get(in, *text)) return std::nullopt;
    }
    if (!in.done()) return std::nullopt;
    return out;
}

std::string pack(const std::vector<std::string>& parts) {
    f::ByteWriter out;
    for (const std::string& part : parts) put(out, part);
    return out.take();
}

std::optional<std::vector<std::string>> unpack(std::string_view bytes) {
    std::vector<std::string> out;
    while (!bytes.empty()) {
        f::ByteReader in{f::ByteView(bytes)};
        const auto size = in.get<std::uint32_t>();
        if (bytes.size() < sizeof size || size > bytes.size() - sizeof size) return std::nullopt;
        out.emplace_back(bytes.substr(sizeof size, size));
        bytes.remove_prefix(sizeof size + size);
    }
    return out;
}

protocol::Result<std::string> read_part(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::string out(std::istreambuf_iterator<char>(in), {});
    if (!in && !in.eof()) return protocol::make_error(0, "cannot read " + path);
    return out;
}

protocol::Status write_part(const std::string& path, std::string_view bytes) {
    std::error_code ec;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ec);
    std::ofstream out(path, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) return protocol::make_error(0, "cannot write " + path);
    return {};
}

}  // namespace guildhall::app
