#pragma once
// Messages as a node tells of them. What is too much to show is cut here, once: 10,000 reactions,
// a hundred embeds, names of a megabyte. Plain values; any thread.

#include "client-qml/core/data/guild.h"

#include <memory>
#include <optional>
#include <vector>

namespace guildhall::client {

struct Attachment {
    Snowflake id = 0;
    QString name, description, content_type, url;
    qint64 bytes = 0;
    int width = 0, height = 0;  // 0: no picture

    bool is_image() const;
    bool is_spoiler() const;
};

struct EmbedField {
    QString name, value;
    bool inline_ = false;
};

struct Embed {
    QString type, title, description, url, author, author_url, footer, provider;
    QString image_url, thumbnail_url;
    int image_width = 0, image_height = 0;
    int color = -1;
    qint64 time_ms = 0;
    std::vector<EmbedField> fields;
};

struct Reaction {
    Emoji emoji;
    int count = 0;
    bool mine = false;
};

struct Message;

/// What a message replies to, as it was when it was sent to us.
struct Reply {
    Snowflake message = 0;
    bool deleted = false;
    std::shared_ptr<const Message> shown;  // null: not known; shared by copies of the row
};

struct Message {
    Snowflake id = 0;
    Snowflake channel = 0;
    Snowflake guild = 0;
    int type = 0;  // 0 text, 19 reply, 7 join, ...: discord-api.md
    User author;
    QString content;
    qint64 time_ms = 0, edited_ms = 0;
    bool pinned = false, tts = false;
    quint64 flags = 0;
    QString nonce;
    bool mention_everyone = false;
    std::vector<User> mentions;
    std::vector<Snowflake> mention_roles;
    std::vector<Attachment> attachments;
    std::vector<Embed> embeds;
    std::vector<Reaction> reactions;
    std::optional<Reply> reply;
    QString command_name;  // of the slash command that it answers
    User command_user;
    bool webhook = false;

    bool is_system() const;
    bool is_ephemeral() const { return (flags & (1u << 6)) != 0; }
};

inline constexpr qsizetype kReactionsMax = 50, kEmbedsMax = 10, kAttachmentsMax = 10,
                           kMentionsMax = 200, kContentMax = 16'384;

std::optional<Message> parse_message(const QJsonObject& object);
std::optional<Reaction> parse_reaction(const QJsonObject& object);

}  // namespace guildhall::client
