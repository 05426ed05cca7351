#include "client-qml/members/found_messages.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/models/names.h"
#include "client-qml/core/text/bidi.h"
#include "client-qml/core/text/escape.h"

#include <QLocale>

namespace guildhall::client {

namespace {

constexpr qsizetype kShownMax = 600, kLeadMax = 60;

QString place_of(const Channel* channel) {
    if (!channel) return {};
    if (channel->guild != 0) return u'#' + text::safe_name(channel->name, id_text(channel->id));
    QStringList names;
    for (const User& user : channel->recipients) {
        names.push_back(text::safe_name(user.display_name(), user.username));
    }
    return channel->name.isEmpty() ? names.join(QStringLiteral(", "))
                                   : text::safe_name(channel->name);
}

/// Without case and accents, as the index finds words; each unit stays where it is.
QString folded(const QString& text) {
    QString plain = text;
    for (QChar& c : plain) {
        const QString parts = c.isSurrogate() ? QString() : c.decomposition();
        c = (parts.isEmpty() || c.decompositionTag() != QChar::Canonical ? c : parts.front())
                .toCaseFolded();
    }
    return plain;
}

/// A message's words may turn around as they like, but not what stands beside them.
QString contained(const QString& text) {
    const bool turns = std::ranges::any_of(text, [](QChar c) {
        const char16_t unit = c.unicode();
        return (unit >= 0x202A && unit <= 0x202E) || (unit >= 0x2066 && unit <= 0x2069);
    });
    return turns ? text::isolated(text) : text;
}

}  // namespace

QString marked_text(const QString& plain, const QString& words) {
    const QStringList sought = folded(words).split(u' ', Qt::SkipEmptyParts).mid(0, 20);
    const QString searched = folded(plain);
    const auto next = [&](qsizetype from) {
        std::pair<qsizetype, qsizetype> best{-1, 0};
        for (const QString& word : sought) {
            const qsizetype at = searched.indexOf(word, from);
            if (at >= 0 && (best.first < 0 || at < best.first)) best = {at, word.size()};
        }
        return best;
    };
    qsizetype from = std::max<qsizetype>(0, next(0).first - kLeadMax);
    if (from > 0 && plain[from].isLowSurrogate()) --from;
    const qsizetype end = std::min(plain.size(), from + kShownMax);
    QString shown = from > 0 ? QStringLiteral("…") : QString();
    while (from < end) {
        const auto [at, length] = next(from);
        const qsizetype stop = at < 0 || at > end ? end : at;
        shown += text::escaped(QStringView(plain).mid(from, stop - from));
        if (stop < end) {
            shown += QStringLiteral("<b>");
            shown += text::escaped(QStringView(plain).mid(stop, length));
            shown += QStringLiteral("</b>");
        }
        from = stop < end ? stop + length : end;
    }
    return shown;
}

void FoundMessages::setAccount(Account* account) {
    if (account == account_) return;
    if (account_) {
        account_->disconnect(this);
        account_->state().disconnect(this);
    }
    account_ = account;
    follow();
    emit accountChanged();
}

void FoundMessages::show(std::vector<Message> messages) {
    const auto ids = [](const std::vector<Message>& rows) {
        std::vector<Snowflake> all;
        for (const Message& row : rows) all.push_back(row.id);
        return all;
    };
    const auto steps = row_steps<Snowflake>(ids(rows_), ids(messages));
    if (steps) {
        become(std::move(messages), *steps);
    } else {
        beginResetModel();
        rows_ = std::move(messages);
        endResetModel();
    }
    emit changed();
}

void FoundMessages::become(std::vector<Message> next, const std::vector<RowStep>& steps) {
    for (const RowStep& step : steps) {
        const auto at = rows_.begin() + step.first;
        if (step.kind == RowStep::Kind::remove) {
            beginRemoveRows({}, step.first, step.last);
            rows_.erase(at, rows_.begin() + step.last + 1);
            endRemoveRows();
        } else if (step.kind == RowStep::Kind::insert) {
            beginInsertRows({}, step.first, step.last);
            rows_.insert(at, next.begin() + step.first, next.begin() + step.last + 1);
            endInsertRows();
        } else {
            const int below = step.to > step.first ? step.to + 1 : step.to;
            beginMoveRows({}, step.first, step.first, {}, below);
            Message moved = std::move(*at);
            rows_.erase(at);
            rows_.insert(rows_.begin() + step.to, std::move(moved));
            endMoveRows();
        }
    }
    // What is marked may be another word by now.
    rows_ = std::move(next);
    if (!rows_.empty()) emit dataChanged(index(0), index(rowCount() - 1));
}

QString FoundMessages::placeOf(const QString& channel, bool withGuild) const {
    if (!account_) return {};
    const State& state = account_->state();
    const Channel* place = state.channel(snowflake(QStringView(channel)));
    const Guild* guild = withGuild && place ? state.guild(place->guild) : nullptr;
    if (!guild) return place_of(place);
    return tr("%1 · %2").arg(place_of(place), text::safe_name(guild->name, id_text(guild->id)));
}

void FoundMessages::set_busy(bool busy, const QString& error) {
    busy_ = busy;
    error_ = error;
    emit changed();
}

void FoundMessages::drop(Snowflake message) {
    const auto at = std::ranges::find(rows_, message, &Message::id);
    if (at == rows_.end()) return;
    const int row = int(at - rows_.begin());
    beginRemoveRows({}, row, row);
    rows_.erase(at);
    endRemoveRows();
    emit changed();
}

QString FoundMessages::words_of(const Message& row) const {
    const Channel* channel = account_->state().channel(row.channel);
    return plain_words(account_->state(), channel ? channel->guild : 0, row, false);
}

int FoundMessages::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(rows_.size());
}

QVariant FoundMessages::data(const QModelIndex& index, int role) const {
    if (!account_ || !index.isValid() || index.row() >= rowCount()) return {};
    const Message& row = rows_[std::size_t(index.row())];
    const State& state = account_->state();
    const Channel* channel = state.channel(row.channel);
    switch (role) {
        case IdRole:
            return id_text(row.id);
        case ChannelRole:
            return id_text(row.channel);
        case ChannelNameRole:
            return channel ? text::safe_name(channel->name) : QString();
        case AuthorRole:
            return state.display_name(channel ? channel->guild : 0, row.author);
        case AvatarRole:
            return avatar_address(row.author);
        case AuthorIdRole:
            return id_text(row.author.id);
        case TimeRole:
            return QLocale().toString(QDateTime::fromMSecsSinceEpoch(row.time_ms),
                                      QLocale::ShortFormat);
        case TextRole:
            return contained(words_of(row));
        case FilesRole:
            return int(row.attachments.size());
        case MarkedRole:
            return contained(marked_text(words_of(row), sought()));
        case PlaceRole:
            return place_of(channel);
        default:
            return {};
    }
}

QHash<int, QByteArray> FoundMessages::roleNames() const {
    return {{IdRole, "id"},
            {ChannelRole, "channel"},
            {ChannelNameRole, "channelName"},
            {AuthorRole, "author"},
            {AvatarRole, "avatar"},
            {AuthorIdRole, "authorId"},
            {TimeRole, "time"},
            {TextRole, "content"},
            {FilesRole, "files"},
            {MarkedRole, "marked"},
            {PlaceRole, "place"}};
}

}  // namespace guildhall::client
