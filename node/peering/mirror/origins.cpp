#include "node/peering/mirror/origins.h"

#include "node/services/present/message.h"
#include "protocol/event_codec.h"

namespace guildhall::peering {

namespace f = federation;

void Origins::note(const f::SignedCommand& command, std::string nonce_json) {
    const auto header = f::decode_command_header(command.header);
    // Made and signed by this node.
    CHECK(header);
    under_way_[command.hash()] = {ctx_.identity.key.public_key(),
                                  command.signature,
                                  std::move(nonce_json),
                                  header->guild_uid,
                                  std::nullopt};
}

bool Origins::is_own_signature(const f::CommandFacts& command, const f::PublicKey& key) const {
    const auto own = under_way_.find(command.hash);
    return own != under_way_.end() && own->second.key == key &&
           own->second.signature == command.signature;
}

void Origins::on_stored(const f::Hash32& guild, const f::EntryHeader& entry) {
    const auto own = under_way_.find(entry.command_hash);
    if (own != under_way_.end() && own->second.guild == guild) own->second.entry = entry;
}

bool Origins::is_kept(const f::Receipt& receipt) const {
    const auto own = under_way_.find(receipt.command_hash);
    if (own == under_way_.end() || !own->second.entry) return false;
    const f::EntryHeader& entry = *own->second.entry;
    return entry.log_id == receipt.log_id && entry.seq == receipt.seq &&
           f::leaf_hash(entry) == receipt.leaf;
}

base::Task<std::string> Origins::referenced(protocol::ChannelId channel,
                                            protocol::MessageId message) const {
    auto look = [channel, message](store::Tx& tx) {
        return store::messages::find(tx, channel, message, {});
    };
    const auto found = co_await store::read(ctx_.db, std::move(look));
    if (!found || !*found) co_return "null";
    std::string json;
    protocol::JsonWriter w(json);
    services::write_message(
        w, (*found)->message, ctx_.view, links_, {.pinned = (*found)->pinned_ms != 0});
    co_return json;
}

base::Task<void> Origins::add(std::vector<journal::MirrorEntry>& entries) const {
    const auto created_kind = protocol::kind_of(protocol::MessageCreated{});
    for (journal::MirrorEntry& entry : entries) {
        if (entry.header.kind != created_kind) continue;
        const auto own = under_way_.find(entry.header.command_hash);
        if (own != under_way_.end()) entry.origin.nonce_json = own->second.nonce_json;
        const auto bytes = f::event_of_body(entry.body);
        if (!bytes) continue;
        const auto event = protocol::decode_event(bytes->text());
        const auto* created = event ? std::get_if<protocol::MessageCreated>(&*event) : nullptr;
        if (!created || !created->message.replyTo) continue;
        entry.origin.referenced_json =
            co_await referenced(created->message.channelId, created->message.replyTo);
    }
}

}  // namespace guildhall::peering
