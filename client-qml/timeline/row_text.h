#pragma once
// What a row shows of its message, made from the state that knows names, roles and times: blocks of
// text, files, embeds, reactions, the line of a reply, a system message's sentence, and what a
// screen reader says. Plain functions; GUI thread.

#include "client-qml/core/models/names.h"
#include "client-qml/timeline/row.h"

namespace guildhall::client {

/// Whose eyes a row is made for.
struct RowView {
    const State& state;
    Snowflake guild = 0;
    TextColors colors;
};

/// All that is parsed, once: the others below take it from the row.
void make_text(const RowView& view, Row& row);
/// One line without markup, at most `units_max` long.
QString preview(const RowView& view, const Message& message, int units_max);

QString author_name(const RowView& view, const User& author, bool webhook);
/// "joined", "pinned a message", ...: a whole sentence; empty for what people wrote.
QString system_sentence(const RowView& view, const Message& message);
/// Author, time, text, state.
QString spoken_row(const RowView& view, const Row& row);

QVariantMap reply_line(const RowView& view, const Row& row);
QVariantList file_list(const Row& row);
/// Its files that are pictures, then those of its embeds: for the viewer.
QVariantList picture_list(const Row& row);
QVariantList embed_list(const RowView& view, const Message& message);
QVariantList reaction_list(const Message& message);
/// What of it can be opened: {text, sign, act, value}, `act` being "follow" a link, show a
/// "picture", open in the "web".
QVariantList link_list(const RowView& view, const Row& row);

/// "👍", or "name:1234" of a guild's own: as routes name a reaction.
QString emoji_code(const Emoji& emoji);
/// The other way round; also takes "<:name:1234>" and "<a:name:1234>".
Emoji emoji_of(const QString& code);

}  // namespace guildhall::client
