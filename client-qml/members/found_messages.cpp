#include "client-qml/members/found_messages.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/text/bidi.h"
#include "client-qml/core/text/escape.h"
#include "client-qml/core/text/markdown.h"

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

}  // namespace

QString marked_text(const QString& plain, const QString& words) {
    const QStringList sought = words.split(u' ', Qt::SkipEmptyParts).mid(0, 20);
    const auto next = [&](qsizetype from) {
        std::pair<qsizetype, qsizetype> best{-1, 0};
        for (const QString& word : sought) {
            const qsizetype at = plain.indexOf(word, from, Qt::CaseInsensitive);
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
    beginResetModel();
    rows_ = std::move(messages);
    endResetModel();
    emit changed();
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
            return text::plain_text(row.content, {}, false);
        case FilesRole:
            return int(row.attachments.size());
        case MarkedRole:
            return marked_text(text::plain_text(row.content, {}, false), sought());
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
