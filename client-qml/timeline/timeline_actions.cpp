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

bool TimelineModel::activate(int at) {
    Row* row = account_ ? row_at(at) : nullptr;
    if (!row) {
        if (data(index(at), EdgeRole) == u"failed"_s) retryEdge(at);
        return true;
    }
    if (row->is_pending() && row->stage == Outbox::Stage::failed) {
        commands_.retry(row->nonce);
        return true;
    }
    if (open_spoilers(at, *row)) return true;
    const QVariantList shown = picture_list(*row);
    if (!shown.isEmpty()) {
        emit pictureChosen(id_text(row->message.id), shown.front().toMap()[u"url"_s].toString());
        return true;
    }
    if (!row->message.reply) return false;
    locate(row->message.reply->message, true);
    return true;
}

/// False where all of them were open.
bool TimelineModel::open_spoilers(int at, Row& row) {
    const auto before = std::pair(row.revealed, row.uncovered);
    if (row.message.content.contains(u"||"_s)) {
        for (int i = 0; i < kSpoilersMax; ++i) row.revealed.insert(i);
    }
    for (const Attachment& file : row.message.attachments) {
        if (file.is_spoiler()) row.uncovered.insert(file.id);
    }
    if (before == std::pair(row.revealed, row.uncovered)) return false;
    row.text = {};
    touch(at, {HtmlRole, FormatRole, BlocksRole, FilesRole});
    return true;
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
        case text::Href::Kind::spoiler: {
            bool is_number = false;
            const int number = link.id.toInt(&is_number);
            if (is_number) reveal(row, number);
            break;
        }
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
    look_for_new();
    emit unreadChanged();
}

}  // namespace guildhall::client
