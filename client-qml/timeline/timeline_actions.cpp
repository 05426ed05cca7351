// What a press on a row opens: spoilers, links, pictures; and the mark of what is unread.

#include "client-qml/core/text/links.h"
#include "client-qml/timeline/timeline_model.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSpoilersMax = 100;
}  // namespace

QString TimelineModel::keyOf(int row) const {
    const Row* one = account_ ? row_at(row) : nullptr;
    if (!one) return {};
    return one->is_pending() ? one->nonce : id_text(one->message.id);
}

void TimelineModel::activate(int at) {
    Row* row = account_ ? row_at(at) : nullptr;
    if (!row) return;
    const std::set<int> before = row->revealed;
    if (row->message.content.contains(u"||"_s)) {
        for (int i = 0; i < kSpoilersMax; ++i) row->revealed.insert(i);
    }
    if (before != row->revealed) {
        row->text = {};
        touch(at, {HtmlRole, FormatRole, BlocksRole});
    } else if (row->message.reply) {
        locate(row->message.reply->message, true);
    }
}

void TimelineModel::openWeb(const QString& url) {
    const text::SafeUrl safe = text::safe_url(url);
    if (!safe.is_empty()) emit linkPressed(safe.encoded, safe.host, false);
}

void TimelineModel::copy(const QString& text) const { commands_.copy(text); }

void TimelineModel::reveal(int at, int spoiler) {
    Row* row = row_at(at);
    if (!row || spoiler < 0 || row->revealed.contains(spoiler)) return;
    row->revealed.insert(spoiler);
    row->text = {};
    touch(at, {HtmlRole, FormatRole, BlocksRole});
}

void TimelineModel::follow(int row, const QString& href, QObject* near) {
    const text::Href link = text::parse_href(href);
    switch (link.kind) {
        case text::Href::Kind::web: {
            const QString url = link.url.toString(QUrl::FullyEncoded);
            emit linkPressed(url, link.url.host(QUrl::FullyEncoded), link.masked);
            break;
        }
        case text::Href::Kind::user:
            emit profileRequested(link.id, near);
            break;
        case text::Href::Kind::channel:
            emit channelPressed(link.id);
            break;
        case text::Href::Kind::command:
            emit commandPressed(link.id);
            break;
        case text::Href::Kind::spoiler:
            reveal(row, link.id.toInt());
            break;
        default:
            break;
    }
}

void TimelineModel::markUnread(const QString& message) {
    const Snowflake id = snowflake(QStringView(message));
    if (!account_ || id == 0) return;
    const int before = newRow();
    holds_unread_ = true;
    has_new_ = true;
    new_after_ = id - 1;
    state().mark_unread(channel_, id);
    touch(before, {UnreadLineRole, ContinuationRole});
    touch(newRow(), {UnreadLineRole, ContinuationRole});
    emit unreadChanged();
}

QVariantList TimelineModel::pictures() const {
    QVariantList found;
    for (std::size_t at = messages_.size(); at-- > 0;) {
        const QVariantList files = file_list(messages_[at].message);
        for (const QVariant& file : files) {
            if (!file.toMap()[u"picture"_s].toString().isEmpty()) found.append(file);
        }
    }
    return found;
}

}  // namespace guildhall::client
