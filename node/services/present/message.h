#pragma once
// Messages as the API shows them. One writer for REST, history and the gateway's dispatches, which
// is why it appends to a string without a tree in between. Pure; any thread.

#include "node/journal/view.h"
#include "node/services/links.h"
#include "node/store/tables/messages.h"
#include "protocol/json/writer.h"

#include <string_view>

namespace guildhall::services {

/// What a message object says beside the message itself.
struct MessageExtras {
    const std::vector<store::messages::ReactionCount>* reactions = nullptr;
    bool pinned = false;
    /// JSON of the message it replies to: empty: not said; "null": it is gone.
    std::string_view referenced;
    /// As the client sent it; empty: none.
    std::string_view nonce_json;
    /// Of the gateway: adds guild_id and the author's member.
    const protocol::GuildState* guild = nullptr;
    /// MESSAGE_CONTENT is not granted: content, embeds, attachments and components are blank.
    bool blank = false;
};

void write_message(protocol::JsonWriter& w,
                   const protocol::Message& message,
                   const journal::View& view,
                   const Links& links,
                   const MessageExtras& extras);

/// One stored message with its reactions, pin and the message it replies to.
struct ShownMessage {
    store::messages::StoredMessage stored;
    std::optional<store::messages::StoredMessage> referenced;
};
void write_shown(protocol::JsonWriter& w,
                 const ShownMessage& shown,
                 const journal::View& view,
                 const Links& links,
                 std::string_view nonce_json = {});

/// One attachment object, with an address that ends.
void write_attachment(protocol::JsonWriter& w,
                      protocol::ChannelId channel,
                      const protocol::Attachment& attachment,
                      const Links& links);

/// {"id":...,"name":...}
void write_emoji(protocol::JsonWriter& w, protocol::EmojiId id, std::string_view name);

}  // namespace guildhall::services
