#include "node/peering/succession/salvage.h"

#include "federation/entry.h"
#include "node/store/tables/cursors.h"
#include "protocol/errors.h"
#include "protocol/event_codec.h"
#include "protocol/json/writer.h"

#include <filesystem>
#include <fstream>

namespace guildhall::peering {

namespace f = federation;
namespace fs = std::filesystem;

namespace {

/// Empty for what is not a message, or was deleted.
std::string line_of(std::string_view body) {
    const auto bytes = f::event_of_body(f::ByteView(body));
    const auto event = bytes ? protocol::decode_event(bytes->text())
                             : protocol::Result<protocol::Event>(protocol::make_http_error(404));
    const auto* created = event ? std::get_if<protocol::MessageCreated>(&*event) : nullptr;
    if (!created || created->message.content.empty()) return {};
    std::string out;
    protocol::JsonWriter w(out);
    w.begin_object().id("channel_id", created->message.channelId);
    w.id("id", created->message.id).id("author_id", created->message.authorId);
    w.string("content", created->message.content).end_object();
    return out + "\n";
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
    for (const std::string& body : bodies) {
        std::string line = line_of(body);
        if (!line.empty()) ++count;
        lines += line;
    }
    if (count == 0) return count;
    std::error_code ec;
    fs::create_directories(fs::path(file).parent_path(), ec);
    fs::permissions(fs::path(file).parent_path(), fs::perms::owner_all, ec);
    std::ofstream out(file, std::ios::binary);
    out << lines;
    out.close();
    if (!out) return protocol::make_error(0, "cannot write " + file);
    return count;
}

}  // namespace guildhall::peering
