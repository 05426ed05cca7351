// Any bytes as what a node's gateway says to the client: as a zlib stream cut into frames, or as
// text; then as a dispatch, and its data as everything that the client reads.
#include "client-qml/core/api/errors.h"
#include "client-qml/core/api/limits.h"
#include "client-qml/core/data/message.h"
#include "client-qml/core/gateway/frame.h"
#include "client-qml/core/gateway/inflater.h"
#include "protocol/check.h"

#include <QJsonArray>
#include <QJsonObject>

#include <cstdint>

using namespace guildhall::client;

namespace {

constexpr qsizetype kInflatedMax = 64 * 1024;

void check_message(const Message& message) {
    CHECK(message.id != 0 && message.channel != 0 && message.author.id != 0);
    CHECK(message.content.size() <= kContentMax);
    CHECK(qsizetype(message.reactions.size()) <= kReactionsMax);
    CHECK(qsizetype(message.embeds.size()) <= kEmbedsMax);
    CHECK(qsizetype(message.attachments.size()) <= kAttachmentsMax);
    CHECK(qsizetype(message.mentions.size()) <= kMentionsMax);
    message.is_system();
    message.author.node();
    message.author.display_name();
}

void check_guild(const Guild& guild) {
    CHECK(guild.id != 0);
    CHECK(qsizetype(guild.channels.size()) <= kChannelsMax);
    CHECK(qsizetype(guild.roles.size()) <= kRolesMax);
    CHECK(qsizetype(guild.emojis.size()) <= kEmojisMax);
    for (const Channel& channel : guild.channels) {
        CHECK(qsizetype(channel.overwrites.size()) <= kOverwritesMax);
    }
}

/// The same object as each kind of thing that a dispatch may carry.
void read_data(const QJsonObject& data) {
    if (const auto message = parse_message(data)) check_message(*message);
    if (const auto guild = parse_guild(data)) check_guild(*guild);
    for (const QJsonValue& guild : data[QLatin1StringView("guilds")].toArray()) {
        if (const auto parsed = parse_guild(guild.toObject())) check_guild(*parsed);
    }
    parse_channel(data, 1);
    parse_role(data);
    parse_emoji(data);
    parse_reaction(data);
    parse_user(data);
    if (const auto member = parse_member(1, data)) member->display_name();
    parse_presence(data);
    const ApiError error = error_of(400, data);
    CHECK(int(error.fields.size()) <= kErrorFieldsMax);
    CHECK(error.message.size() <= kErrorTextMax && error.retry_after_ms >= 0);
}

void read_text(const QByteArray& text) {
    const auto frame = parse_frame(text);
    if (!frame) return;
    CHECK(frame->op >= 0 && frame->seq >= 0 && frame->type.size() <= 64);
    CHECK(parse_frame(frame_text(frame->op == 0 ? 1 : frame->op, frame->data)).has_value());
    read_data(frame->data.toObject());
}

/// As a stream: what comes out is the same however it is cut, and never more than allowed.
void read_stream(const QByteArray& bytes, qsizetype step) {
    Inflater inflater(kInflatedMax);
    for (qsizetype at = 0; at < bytes.size(); at += step) {
        switch (inflater.feed(bytes.mid(at, step))) {
            case Inflater::Got::broken:
                CHECK(inflater.take().isEmpty());
                CHECK(inflater.feed("x") == Inflater::Got::broken);
                return;
            case Inflater::Got::more:
                continue;
            case Inflater::Got::message: {
                const QByteArray text = inflater.take();
                CHECK(text.size() <= kInflatedMax);
                read_text(text);
            }
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const QByteArray bytes(reinterpret_cast<const char*>(data) + 1, qsizetype(size - 1));
    // The first byte: the length of the frames, 0 for text as it is.
    if (data[0] == 0) {
        read_text(bytes);
    } else {
        read_stream(bytes, data[0]);
    }
    return 0;
}
