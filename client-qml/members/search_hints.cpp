#include "client-qml/members/search_hints.h"

#include "client-qml/core/state/channel_order.h"
#include "client-qml/core/text/bidi.h"
#include "client-qml/members/search_query.h"

#include <QCoreApplication>
#include <QDateTime>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

QString said(const char* text) { return QCoreApplication::translate("SearchHints", text); }

struct Hint {
    QString label, value;
};

class Hints {
  public:
    explicit Hints(LastPiece piece) : piece_(std::move(piece)) {}

    bool is_full() const { return rows_.size() >= qsizetype(kHintsMax); }
    /// Offers `key:value` with a space behind it; without a value, the key to be filled.
    void offer(const QString& label, const QString& key, const QString& value = {}) {
        if (is_full()) return;
        const QString filter = key + u':' + (value.isEmpty() ? QString() : quoted(value) + u' ');
        rows_.push_back(QVariantMap{{u"label"_s, label}, {u"query"_s, piece_.before + filter}});
    }
    /// Those whose value begins so, and is not what stands there already.
    void offer_fitting(const std::vector<Hint>& hints) {
        for (const Hint& one : hints) {
            if (fits(one.value)) offer(one.label, piece_.key, one.value);
        }
    }
    bool fits(const QString& value) const {
        return value.size() > piece_.value.size() &&
               value.startsWith(piece_.value, Qt::CaseInsensitive);
    }
    const LastPiece& piece() const { return piece_; }
    QVariantList take() { return std::move(rows_); }

  private:
    LastPiece piece_;
    QVariantList rows_;
};

std::vector<Hint> filters() {
    return {{said(QT_TRANSLATE_NOOP("SearchHints", "From a person")), u"from"_s},
            {said(QT_TRANSLATE_NOOP("SearchHints", "In a channel")), u"in"_s},
            {said(QT_TRANSLATE_NOOP("SearchHints", "With a file or link")), u"has"_s},
            {said(QT_TRANSLATE_NOOP("SearchHints", "Before a day")), u"before"_s},
            {said(QT_TRANSLATE_NOOP("SearchHints", "After a day")), u"after"_s}};
}

std::vector<Hint> holdings() {
    return {{said(QT_TRANSLATE_NOOP("SearchHints", "A file")), holding_text(Holding::file)},
            {said(QT_TRANSLATE_NOOP("SearchHints", "A picture")), holding_text(Holding::image)},
            {said(QT_TRANSLATE_NOOP("SearchHints", "A link")), holding_text(Holding::link)},
            {said(QT_TRANSLATE_NOOP("SearchHints", "A preview")), holding_text(Holding::embed)}};
}

std::vector<Hint> days(const Clock& clock) {
    const QDate today = QDateTime::fromMSecsSinceEpoch(clock.now_ms()).date();
    const auto hint = [](const char* label, const QDate& day) {
        return Hint{said(label), day.toString(Qt::ISODate)};
    };
    return {hint(QT_TRANSLATE_NOOP("SearchHints", "Today"), today),
            hint(QT_TRANSLATE_NOOP("SearchHints", "Yesterday"), today.addDays(-1)),
            hint(QT_TRANSLATE_NOOP("SearchHints", "A week ago"), today.addDays(-7)),
            hint(QT_TRANSLATE_NOOP("SearchHints", "A month ago"), today.addMonths(-1)),
            hint(QT_TRANSLATE_NOOP("SearchHints", "A year ago"), today.addYears(-1))};
}

/// Whose name, here or at their node, begins so; by name.
void offer_people(Hints& hints, const State& state, Snowflake guild) {
    std::vector<std::pair<QString, QString>> found;  // shown name, username
    const QString& wanted = hints.piece().value;
    const auto take = [&](const User& user, const QString& name) {
        const bool is_whole = user.username.compare(wanted, Qt::CaseInsensitive) == 0;
        const bool begins = user.username.startsWith(wanted, Qt::CaseInsensitive) ||
                            name.startsWith(wanted, Qt::CaseInsensitive);
        if (begins && !is_whole) found.emplace_back(text::safe_name(name), user.username);
    };
    if (guild == 0) {
        for (const Channel* channel : state.private_channels()) {
            for (const User& user : channel->recipients) take(user, user.display_name());
        }
    } else {
        for (const Member* member : state.members(guild)) {
            take(member->user, member->display_name());
        }
    }
    const auto end = found.begin() + std::ptrdiff_t(std::min(found.size(), kHintsMax));
    std::ranges::partial_sort(found, end);
    for (auto at = found.begin(); at != end; ++at) hints.offer(at->first, u"from"_s, at->second);
}

void offer_channels(Hints& hints, const State& state, Snowflake guild) {
    for (const Channel* channel : visible_channels(state, guild)) {
        if (hints.is_full()) return;
        const bool direct = channel->guild == 0 && !channel->recipients.empty();
        const QString name = direct ? channel->recipients.front().username : channel->name;
        if (hints.fits(name)) {
            hints.offer((direct ? u"@"_s : u"#"_s) + text::safe_name(name), u"in"_s, name);
        }
    }
}

}  // namespace

QVariantList search_hints(const State& state, Snowflake guild, const QString& text) {
    Hints hints(last_piece(text));
    const QString& key = hints.piece().key;
    if (key == "from"_L1) {
        offer_people(hints, state, guild);
    } else if (key == "in"_L1) {
        offer_channels(hints, state, guild);
    } else if (key == "has"_L1) {
        hints.offer_fitting(holdings());
    } else if (!key.isEmpty()) {
        hints.offer_fitting(days(state.clock()));
    } else {
        for (const Hint& one : filters()) {
            const bool begins = one.value.startsWith(hints.piece().value, Qt::CaseInsensitive);
            if (begins) hints.offer(one.label, one.value);
        }
    }
    return hints.take();
}

}  // namespace guildhall::client
