// What a row says, by role.

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/text/relative_time.h"
#include "client-qml/timeline/timeline_model.h"

#include <QDateTime>

namespace guildhall::client {

using namespace Qt::StringLiterals;

int TimelineModel::rowCount(const QModelIndex& parent) const {
    if (parent.isValid() || !account_ || channel_ == 0) return 0;
    return newer_edge() + int(pending_.size()) + int(messages_.size()) + 1;
}

QHash<int, QByteArray> TimelineModel::roleNames() const {
    return {{KindRole, "kind"},
            {MessageIdRole, "messageId"},
            {AuthorIdRole, "authorId"},
            {AuthorRole, "author"},
            {AuthorColorRole, "authorColor"},
            {AvatarRole, "avatar"},
            {NodeRole, "node"},
            {BadgeRole, "badge"},
            {TimeRole, "time"},
            {MomentRole, "moment"},
            {ContinuationRole, "continuation"},
            {DayRole, "day"},
            {UnreadLineRole, "unreadLine"},
            {HtmlRole, "html"},
            {FormatRole, "htmlFormat"},
            {JumboRole, "jumbo"},
            {BlocksRole, "blocks"},
            {ReplyRole, "reply"},
            {CommandRole, "command"},
            {FilesRole, "files"},
            {EmbedsRole, "embeds"},
            {ReactionsRole, "reactions"},
            {EditedRole, "edited"},
            {PinnedRole, "pinned"},
            {MentionedRole, "mentioned"},
            {MineRole, "mine"},
            {SystemRole, "sentence"},
            {StageRole, "stage"},
            {ProgressRole, "progress"},
            {ErrorRole, "error"},
            {EdgeRole, "edge"},
            {SpokenRole, "spoken"}};
}

QVariant TimelineModel::data(const QModelIndex& index, int role) const {
    if (!account_ || index.row() < 0 || index.row() >= rowCount()) return {};
    const int at = index.row();
    if (newer_beyond_ && at == 0) return edge_data(true, role);
    const Row* row = row_at(at);
    return row ? message_data(*row, at, role) : edge_data(false, role);
}

QVariant TimelineModel::edge_data(bool newer, int role) const {
    const Edge edge = newer ? newer_ : older_;
    const bool is_start = !newer && begins_ && edge != Edge::failed;
    const QString text = edge == Edge::failed ? u"failed"_s : is_start ? u"start"_s : u"loading"_s;
    switch (role) {
        case KindRole:
            return EdgeKind;
        case EdgeRole:
            return text;
        case SpokenRole:
            return edge == Edge::failed ? tr("Messages could not be loaded")
                   : is_start           ? tr("The channel begins here")
                                        : tr("Loading messages");
        case ContinuationRole:
        case UnreadLineRole:
        case JumboRole:
        case PinnedRole:
        case MentionedRole:
        case MineRole:
            return false;
        case FormatRole:
        case StageRole:
            return 0;
        case ProgressRole:
            return -1.0;
        case BlocksRole:
        case FilesRole:
        case EmbedsRole:
        case ReactionsRole:
            return QVariantList();
        case ReplyRole:
            return QVariantMap();
        default:
            return role < KindRole ? QVariant() : QString();
    }
}

const Row* TimelineModel::older_of(int row) const { return row_at(row + 1); }

bool TimelineModel::is_new_line(int row) const {
    if (!has_new_) return false;
    const Row* one = row_at(row);
    if (!one || one->is_pending() || one->message.id <= new_after_) return false;
    const Row* older = older_of(row);
    return older ? older->message.id <= new_after_ : begins_;
}

QVariant TimelineModel::message_data(const Row& row, int at, int role) const {
    // Texts are a cache of what the row says.
    const bool is_text = role == SpokenRole || (role >= HtmlRole && role <= EditedRole);
    if (is_text && !row.text.made) make_text(view(), const_cast<Row&>(row));
    if (role >= AuthorIdRole && role <= BadgeRole) return author_data(row.message, role);
    if (role >= TimeRole && role <= UnreadLineRole) return place_data(row, at, role);
    if (role >= HtmlRole && role <= EditedRole) return content_data(row, role);
    const Message& message = row.message;
    switch (role) {
        case KindRole:
            return row.is_pending() ? PendingKind : message.is_system() ? SystemKind : MessageKind;
        case MessageIdRole:
            return id_text(message.id);
        case PinnedRole:
            return message.pinned;
        case MentionedRole:
            return state().mentions_me(message);
        case MineRole:
            return message.author.id == state().self().id;
        case SystemRole:
            return system_sentence(view(), message);
        case StageRole:
            return row.is_pending() ? int(row.stage) + 1 : 0;
        case ProgressRole:
            return row.progress;
        case ErrorRole:
            return row.error;
        case EdgeRole:
            return QString();
        case SpokenRole:
            return spoken_row(view(), row);
        default:
            return {};
    }
}

QVariant TimelineModel::author_data(const Message& message, int role) const {
    const User& author = message.author;
    const Member* member =
        guild_ == 0 || message.webhook ? nullptr : state().member(guild_, author.id);
    switch (role) {
        case AuthorIdRole:
            return id_text(author.id);
        case AuthorRole:
            return author_name(view(), author, message.webhook);
        case AuthorColorRole:
            if (message.webhook) return QString();
            if (guild_ != 0 && !member) want_member(author.id);
            return readable_color(state().color(guild_, author.id), colors_);
        case AvatarRole:
            return member ? member_avatar_address(*member) : avatar_address(author);
        case NodeRole:
            return author.node();
        default:
            return message.webhook ? tr("Webhook")
                   : author.system ? tr("System")
                   : author.bot    ? tr("Bot")
                                   : QString();
    }
}

QVariant TimelineModel::place_data(const Row& row, int at, int role) const {
    const QLocale locale;
    const qint64 now = state().clock().now_ms();
    const auto day_of = [](qint64 ms) { return QDateTime::fromMSecsSinceEpoch(ms).date(); };
    const Row* older = older_of(at);
    const QDate day = day_of(row.message.time_ms);
    const bool begins_day = !older || day_of(older->message.time_ms) != day;
    switch (role) {
        case TimeRole:
            return text::message_time(row.message.time_ms, now, locale);
        case MomentRole:
            return text::full_moment(row.message.time_ms, locale);
        case ContinuationRole:
            return !begins_day && continues(row, *older) && !is_new_line(at);
        case DayRole:
            return begins_day ? text::day_line(day, day_of(now), locale) : QString();
        default:
            return is_new_line(at);
    }
}

QVariant TimelineModel::content_data(const Row& row, int role) const {
    const Message& message = row.message;
    switch (role) {
        case HtmlRole:
            return message.is_system() ? QString() : row.text.html;
        case FormatRole:
            return row.text.format;
        case JumboRole:
            return row.text.jumbo;
        case BlocksRole:
            return message.is_system() ? QVariantList() : row.text.blocks;
        case ReplyRole:
            return reply_line(view(), row);
        case CommandRole:
            return message.command_name.isEmpty()
                       ? QString()
                       : tr("%1 used /%2")
                             .arg(author_name(view(), message.command_user, false),
                                  message.command_name);
        case FilesRole:
            return file_list(row);
        case EmbedsRole:
            return row.text.embeds;
        case ReactionsRole:
            return reaction_list(message);
        default:
            return message.edited_ms == 0 ? QString()
                                          : text::full_moment(message.edited_ms, QLocale());
    }
}

}  // namespace guildhall::client
