#include "client-qml/core/models/names.h"

#include "client-qml/core/text/bidi.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

const User* Names::user(Snowflake id) const {
    if (const User* known = state_.user(id)) return known;
    if (!message_) return nullptr;
    const auto named = std::ranges::find(message_->mentions, id, &User::id);
    return named == message_->mentions.end() ? nullptr : &*named;
}

text::Mention Names::mention(text::MentionKind kind, std::uint64_t id) const {
    const Guild* guild = state_.guild(guild_);
    switch (kind) {
        case text::MentionKind::user: {
            const User* one = user(id);
            if (!one) return {};
            return {state_.display_name(guild_, *one), {}, id == state_.self().id};
        }
        case text::MentionKind::role: {
            const Role* role = guild ? guild->role(id) : nullptr;
            if (!role) return {};
            const auto mine = state_.me(guild_).roles;
            const QString color =
                role->color == 0 ? QString() : u"#%1"_s.arg(role->color, 6, 16, QChar(u'0'));
            return {text::safe_name(role->name),
                    color,
                    std::ranges::find(mine, Snowflake(id)) != mine.end()};
        }
        case text::MentionKind::channel: {
            const Channel* channel = state_.channel(id);
            if (!channel || !state_.can_view(*channel)) return {};
            return {text::safe_name(channel->name), {}, false};
        }
        case text::MentionKind::everyone:
            return {u"everyone"_s, {}, true};
        case text::MentionKind::here:
            return {u"here"_s, {}, true};
    }
    return {};
}

QString plain_words(const State& state, Snowflake guild, const Message& message, bool single_line) {
    const Names names(state, guild, &message);
    text::MarkdownOptions options;
    options.resolver = &names;
    options.now_ms = state.clock().now_ms();
    return text::plain_text(message.content, options, single_line);
}

}  // namespace guildhall::client
