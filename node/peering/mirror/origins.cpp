#include "node/peering/mirror/origins.h"

#include "node/services/present/message.h"
#include "protocol/event_codec.h"

namespace guildhall::peering {

namespace f = federation;

void Origins::note(const f::Hash32& command, std::string nonce_json) {
    if (!nonce_json.empty()) nonces_[command] = std::move(nonce_json);
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
        const auto nonce = nonces_.find(entry.header.command_hash);
        if (nonce != nonces_.end()) entry.origin.nonce_json = nonce->second;
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
