#pragma once
// Messages: posting, editing, deleting, history, pins, typing. One per shard; every verb that
// changes something runs on the guild's shard. Verbs about one message hold its lock from reading
// its row until the commit, so that an edit and a delete that race have one order.

#include "node/services/actor.h"
#include "node/services/context.h"
#include "node/services/files.h"
#include "node/services/keyed_lock.h"
#include "node/services/present/message.h"
#include "protocol/api/message.h"

#include <functional>
#include <unordered_map>
#include <vector>

namespace guildhall::services {

class Messages {
  public:
    explicit Messages(Context& ctx) : ctx_(ctx), lock_(ctx.here) {}

    /// A message that was stored, and what its author's answer says beside it.
    struct Posted {
        protocol::Message message;
        std::string nonce_json, referenced_json;
    };
    Task<Result<Posted>> create(const Actor& actor,
                                protocol::ChannelId channel,
                                const protocol::api::MessageCreate& request,
                                std::vector<Upload> files);

    Task<Result<ShownMessage>> get(const Actor& actor,
                                   protocol::ChannelId channel,
                                   protocol::MessageId id);
    /// Whether the actor sees a channel's history: an error where it is refused, false where it is
    /// empty for want of READ_MESSAGE_HISTORY.
    Result<bool> shows_history(const Actor& actor, protocol::ChannelId channel) const;
    /// Empty where it is not shown.
    Task<Result<std::vector<ShownMessage>>> history(const Actor& actor,
                                                    protocol::ChannelId channel,
                                                    store::messages::Page page);

    Task<Result<ShownMessage>> edit(const Actor& actor,
                                    protocol::ChannelId channel,
                                    protocol::MessageId id,
                                    const protocol::api::MessageEdit& request,
                                    std::vector<Upload> files);
    Task<Status> remove(const Actor& actor, protocol::ChannelId channel, protocol::MessageId id);
    Task<Status> bulk_delete(const Actor& actor,
                             protocol::ChannelId channel,
                             std::vector<protocol::MessageId> ids);

    Task<Status> typing(const Actor& actor, protocol::ChannelId channel);

    Task<Status> set_pinned(const Actor& actor,
                            protocol::ChannelId channel,
                            protocol::MessageId id,
                            bool pinned);
    Task<Result<std::vector<ShownMessage>>> pins(const Actor& actor,
                                                 protocol::ChannelId channel,
                                                 protocol::UnixMs before_ms,
                                                 unsigned limit);

    // For interactions and webhooks, whose right to write was settled by their own rules.

    /// Commits a message that compose() made; gives it its id when it has none. `rows` belong to
    /// the same transaction.
    Task<Result<journal::Receipt>> post_prepared(
        const Actor& author,
        protocol::GuildId guild,
        protocol::Message message,
        journal::Origin origin,
        store::UniqueFunction<Status(store::Tx&)> rows = {});
    /// Edits with what an answer to an interaction may do.
    Task<Result<ShownMessage>> edit_own(const Actor& author,
                                        protocol::GuildId guild,
                                        protocol::ChannelId channel,
                                        protocol::MessageId id,
                                        const protocol::api::MessageEdit& request,
                                        std::vector<Upload> files);
    Task<Status> remove_own(const Actor& author,
                            protocol::GuildId guild,
                            protocol::ChannelId channel,
                            protocol::MessageId id);
    Task<Result<ShownMessage>> find(protocol::ChannelId channel,
                                    protocol::MessageId id,
                                    protocol::UserId viewer);
    /// Deletes those of `ids` (ascending, each once) that are there when all their locks are held;
    /// `allowed` then has the last word.
    Task<Status> remove_present(const Actor& by,
                                protocol::GuildId guild,
                                protocol::ChannelId channel,
                                std::vector<protocol::MessageId> ids,
                                std::function<Status()> allowed);

    /// The lock of one message; reactions take it too.
    KeyedLock& lock() { return lock_; }

  private:
    struct SlowModeKey {
        protocol::ChannelId channel;
        protocol::UserId user;
        friend bool operator==(const SlowModeKey&, const SlowModeKey&) = default;
    };
    struct SlowModeHash {
        std::size_t operator()(const SlowModeKey& k) const noexcept {
            return std::hash<protocol::ChannelId>{}(k.channel) * 31 +
                   std::hash<protocol::UserId>{}(k.user);
        }
    };

    Result<protocol::Permissions> require_send(protocol::GuildId guild,
                                               const Actor& actor,
                                               protocol::ChannelId channel,
                                               bool with_files) const;
    /// Another node hosts the channel's guild.
    bool is_mirrored(protocol::ChannelId channel) const;
    /// What a page of history needs of a mirrored channel.
    Task<void> fetch(protocol::ChannelId channel, store::messages::Page page);
    Status take_slow_mode(const protocol::Channel& channel,
                          const Actor& actor,
                          protocol::Permissions permissions);
    Task<Status> read_reference(const Actor& actor,
                                const protocol::api::MessageCreate& request,
                                protocol::GuildId guild,
                                protocol::Message& message,
                                protocol::UserId& replied_to,
                                std::string& referenced_json);
    Task<Result<Posted>> post_new(const Actor& actor,
                                  protocol::ChannelId channel,
                                  const protocol::api::MessageCreate& request,
                                  std::vector<Upload> files);
    Task<Result<std::optional<protocol::MessageId>>> posted_with(const Actor& actor,
                                                                 protocol::ChannelId channel,
                                                                 std::string nonce);
    Task<Result<ShownMessage>> apply_edit(const Actor& editor,
                                          protocol::GuildId guild,
                                          ShownMessage shown,
                                          const protocol::api::MessageEdit& request,
                                          protocol::Permissions permissions,
                                          std::vector<protocol::Attachment> added);
    Task<Result<std::vector<protocol::Attachment>>> keep_added(
        protocol::GuildId guild,
        const protocol::api::MessageEdit& request,
        std::vector<Upload> files);

    Context& ctx_;
    KeyedLock lock_;
    /// When somebody posted under slow mode, and until when that counts.
    struct LastPost {
        protocol::UnixMs at_ms = 0, until_ms = 0;
    };
    std::unordered_map<SlowModeKey, LastPost, SlowModeHash> last_posts_;
    /// How many there are before those that count no longer are swept out.
    std::size_t sweep_at_ = 0;
};

}  // namespace guildhall::services
