#include "client-qml/composer/mention_book.h"

#include "client-qml/core/text/bidi.h"

#include <QRegularExpression>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr std::size_t kEntriesMax = 500;
constexpr int kNamesakesMax = 20;

/// "@Ada~1", ":anchor~1:".
QString numbered(const QString& shown, int number) {
    if (number == 0) return shown;
    const bool is_emoji = shown.endsWith(u':');
    return u"%1~%2%3"_s.arg(is_emoji ? shown.chopped(1) : shown)
        .arg(number)
        .arg(is_emoji ? u":"_s : QString());
}
}  // namespace

QString MentionBook::add(const QString& shown, const QString& code) {
    if (shown.size() < 2) return code;
    for (int number = 0; number < kNamesakesMax; ++number) {
        const QString name = numbered(shown, number);
        const auto taken = std::ranges::find(entries_, name, &Entry::shown);
        if (taken != entries_.end() && taken->code != code) continue;
        if (taken != entries_.end()) return name;
        if (entries_.size() >= kEntriesMax) break;
        const auto place = std::ranges::find_if(
            entries_, [&](const Entry& one) { return one.shown.size() < name.size(); });
        entries_.insert(place, {name, code});
        return name;
    }
    return code;
}

/// What begins there, as a word of its own: "@Ada" is not found in "@Adam" or "x@Ada".
const MentionBook::Entry* MentionBook::at(QStringView text, qsizetype from) const {
    if (from > 0 && text[from - 1].isLetterOrNumber() && text[from] != u':') return nullptr;
    for (const Entry& one : entries_) {
        if (!text.sliced(from).startsWith(one.shown)) continue;
        const qsizetype end = from + one.shown.size();
        const bool ends = one.shown.endsWith(u':') || end == text.size() ||
                          !(text[end].isLetterOrNumber() || text[end] == u'_');
        if (ends) return &one;
    }
    return nullptr;
}

QString MentionBook::to_codes(const QString& text) const {
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size();) {
        const QChar c = text[i];
        const bool may_begin = c == u'@' || c == u'#' || c == u':';
        const Entry* entry = may_begin ? at(text, i) : nullptr;
        if (entry) {
            out += entry->code;
            i += entry->shown.size();
        } else {
            out += c;
            ++i;
        }
    }
    return out;
}

QString MentionBook::shown_for(QStringView code, const State& state, Snowflake guild_id) const {
    const Guild* guild = state.guild(guild_id);
    const QStringView inner = code.sliced(1).chopped(1);
    if (inner.startsWith("@&"_L1)) {
        const Role* role = guild ? guild->role(snowflake(inner.sliced(2))) : nullptr;
        return role ? u'@' + text::safe_name(role->name) : QString();
    }
    if (inner.startsWith(u'@')) {
        const bool old = inner.startsWith("@!"_L1);
        const User* user = state.user(snowflake(inner.sliced(old ? 2 : 1)));
        return user ? u'@' + state.display_name(guild_id, *user) : QString();
    }
    if (inner.startsWith(u'#')) {
        const Channel* channel = state.channel(snowflake(inner.sliced(1)));
        return channel ? u'#' + text::safe_name(channel->name) : QString();
    }
    const qsizetype first = inner.indexOf(u':'), last = inner.lastIndexOf(u':');
    return last > first ? inner.sliced(first, last - first + 1).toString() : QString();
}

QString MentionBook::to_names(const QString& content, const State& state, Snowflake guild) {
    static const QRegularExpression codes(u"<(@!?|@&|#|a?:[A-Za-z0-9_]{2,32}:)[0-9]{1,20}>"_s);
    QString out;
    qsizetype from = 0;
    auto matches = codes.globalMatch(content);
    while (matches.hasNext() && entries_.size() < kEntriesMax) {
        const auto match = matches.next();
        const QString code = match.captured();
        const QString shown = shown_for(code, state, guild);
        out += QStringView(content).sliced(from, match.capturedStart() - from);
        from = match.capturedEnd();
        out += add(shown, code);
    }
    out += QStringView(content).sliced(from);
    return out;
}

}  // namespace guildhall::client
