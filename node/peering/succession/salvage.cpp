#include "node/peering/succession/salvage.h"

#include "federation/entry.h"
#include "node/store/tables/cursors.h"
#include "protocol/errors.h"
#include "protocol/event_codec.h"
#include "protocol/json/reader.h"
#include "protocol/json/writer.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace guildhall::peering {

namespace f = federation;
namespace fs = std::filesystem;

namespace {

std::string line_of(const services::Salvaged& message) {
    std::string out;
    protocol::JsonWriter w(out);
    w.begin_object().id("channel_id", message.channel);
    w.id("id", message.id).id("author_id", message.author);
    w.string("content", message.content).end_object();
    return out + "\n";
}

std::optional<services::Salvaged> message_of(const std::string& line) {
    const auto value = protocol::parse_json(line);
    const auto* object = value ? value->if_object() : nullptr;
    const auto text = [&](const char* name) -> std::string {
        const auto* member = object ? object->if_contains(name) : nullptr;
        return member && member->is_string() ? std::string(member->get_string()) : std::string();
    };
    const auto channel = protocol::parse_id<protocol::ChannelId>(text("channel_id"));
    const auto id = protocol::parse_id<protocol::MessageId>(text("id"));
    const auto author = protocol::parse_id<protocol::UserId>(text("author_id"));
    if (!channel || !id || !author) return std::nullopt;
    return services::Salvaged{*channel, *id, *author, text("content")};
}

protocol::Status write_lines(const std::string& path, const std::string& lines) {
    std::ofstream out(path, std::ios::binary);
    out << lines;
    out.close();
    if (!out) return protocol::make_error(0, "cannot write " + path);
    return {};
}

/// All of them or what was there before.
protocol::Status replace_lines(const std::string& path, const std::string& lines) {
    const std::string part = path + ".part";
    TRY_VOID(write_lines(part, lines));
    std::error_code ec;
    fs::rename(part, path, ec);
    if (ec) return protocol::make_error(0, "cannot write " + path);
    return {};
}

/// With their ends; views into `text`.
std::unordered_set<std::string_view> lines_of(std::string_view text) {
    std::unordered_set<std::string_view> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        out.insert(text.substr(0, end));
        text.remove_prefix(end);
    }
    return out;
}

/// Empty for what is not a message, or was deleted.
std::string line_of(std::string_view body) {
    const auto bytes = f::event_of_body(f::ByteView(body));
    const auto event = bytes ? protocol::decode_event(bytes->text())
                             : protocol::Result<protocol::Event>(protocol::make_http_error(404));
    const auto* created = event ? std::get_if<protocol::MessageCreated>(&*event) : nullptr;
    if (!created || created->message.content.empty()) return {};
    const protocol::Message& m = created->message;
    return line_of(services::Salvaged{m.channelId, m.id, m.authorId, m.content});
}

}  // namespace

protocol::Result<std::size_t> salvage(store::Tx& tx,
                                      protocol::GuildId guild,
                                      const f::Hash32& new_host,
                                      const std::string& file) {
    static const protocol::EventKind kKind = protocol::kind_of(protocol::MessageCreated{});
    std::string lines;
    std::size_t count = 0;
    TRY(const auto bodies,
        store::cursors::bodies_beyond(tx, new_host.text(), guild, kKind, kSalvagedMax));
    std::ifstream in(file, std::ios::binary);
    const std::string before(std::istreambuf_iterator<char>(in), {});
    const std::unordered_set<std::string_view> kept = lines_of(before);
    for (const std::string& body : bodies) {
        std::string line = line_of(body);
        if (line.empty() || kept.contains(line)) continue;
        ++count;
        lines += line;
    }
    if (count == 0) return count;
    std::error_code ec;
    fs::create_directories(fs::path(file).parent_path(), ec);
    fs::permissions(fs::path(file).parent_path(), fs::perms::owner_all, ec);
    TRY_VOID(replace_lines(file, before + lines));
    return count;
}

std::vector<protocol::GuildId> salvaged_guilds(const std::string& folder) {
    std::vector<protocol::GuildId> out;
    std::error_code ec;
    for (const auto& found : fs::directory_iterator(folder + "/salvage", ec)) {
        const std::string name = found.path().filename().string();
        const auto id = protocol::parse_id<protocol::GuildId>(name.substr(0, name.find('-')));
        if (id && name.ends_with(".jsonl")) out.push_back(*id);
    }
    std::ranges::sort(out);
    const auto doubled = std::ranges::unique(out);
    out.erase(doubled.begin(), doubled.end());
    return out;
}

protocol::Result<std::vector<SalvageFile>> read_salvage(const std::string& folder,
                                                        protocol::GuildId guild) {
    std::vector<SalvageFile> out;
    std::error_code ec;
    for (const auto& found : fs::directory_iterator(folder + "/salvage", ec)) {
        const std::string name = found.path().filename().string();
        if (!name.starts_with(guild.str() + "-") || !name.ends_with(".jsonl")) continue;
        SalvageFile file{found.path().string(), {}};
        std::ifstream in(file.path, std::ios::binary);
        for (std::string line; std::getline(in, line) && file.messages.size() < kSalvagedMax;) {
            auto message = message_of(line);
            if (!message) return protocol::make_error(0, file.path + " cannot be read");
            file.messages.push_back(std::move(*message));
        }
        out.push_back(std::move(file));
    }
    // Of epochs that follow each other; the longer number is the later.
    std::ranges::sort(
        out, {}, [](const SalvageFile& f) { return std::pair(f.path.size(), f.path); });
    return out;
}

protocol::Status write_salvage(const SalvageFile& file) {
    std::error_code ec;
    if (file.messages.empty()) {
        fs::remove(file.path, ec);
        return ec ? protocol::Status(protocol::make_error(0, "cannot remove " + file.path))
                  : protocol::Status();
    }
    std::string lines;
    for (const services::Salvaged& message : file.messages) lines += line_of(message);
    return replace_lines(file.path, lines);
}

}  // namespace guildhall::peering
