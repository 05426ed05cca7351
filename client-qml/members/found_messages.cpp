#include "client-qml/members/found_messages.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/text/bidi.h"
#include "client-qml/core/text/markdown.h"

#include <QLocale>

namespace guildhall::client {

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
            {FilesRole, "files"}};
}

}  // namespace guildhall::client
