#include "client-qml/emoji/emoji_model.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/text/bidi.h"
#include "client-qml/core/text/emoji.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int kFoundMax = 200;
constexpr qsizetype kRecentMax = 32;

}  // namespace

void EmojiModel::setAccount(Account* account) {
    account_ = account;
    reload();
}

void EmojiModel::setGuildId(const QString& guild) {
    guild_ = snowflake(QStringView(guild));
    rebuild();
}

void EmojiModel::setSearch(const QString& search) {
    search_ = search.left(64).trimmed();
    rebuild();
}

void EmojiModel::setGroup(const QString& group) {
    group_ = group;
    rebuild();
}

void EmojiModel::setTone(int tone) {
    tone_ = tone;
    rebuild();
}

void EmojiModel::use(const QString& code) {
    recent_.removeAll(code);
    recent_.prepend(code);
    recent_ = recent_.mid(0, kRecentMax);
    if (account_) account_->cache().put_setting(u"emojis"_s, QJsonArray::fromStringList(recent_));
}

void EmojiModel::reload() {
    recent_.clear();
    const QJsonArray kept =
        account_ ? account_->cache().setting(u"emojis"_s).toArray() : QJsonArray();
    for (const QJsonValue& one : kept) {
        if (recent_.size() < kRecentMax) recent_ += one.toString().left(128);
    }
    group_ = groups().value(0);
    rebuild();
}

QString EmojiModel::codeAt(int row) const {
    return row < 0 || row >= rowCount() ? QString() : items_[std::size_t(row)].code;
}

QStringList EmojiModel::groups() const {
    QStringList all;
    if (!recent_.isEmpty()) all += u"recent"_s;
    const Guild* guild = account_ ? account_->state().guild(guild_) : nullptr;
    if (guild && !guild->emojis.empty()) all += u"guild"_s;
    for (const text::EmojiGroup& one : text::unicode_emoji().groups()) all += one.key;
    return all;
}

EmojiModel::Item EmojiModel::item_of(int at) const {
    const text::EmojiTable& table = text::unicode_emoji();
    const QString text = table.with_tone(at, tone_);
    return {text, text, table.shortcode(at), {}};
}

void EmojiModel::add_own(const QString& wanted) {
    const Guild* guild = account_ ? account_->state().guild(guild_) : nullptr;
    if (!guild) return;
    for (const Emoji& one : guild->emojis) {
        if (!one.available || !one.name.contains(wanted, Qt::CaseInsensitive)) continue;
        items_.push_back({one.code(), {}, text::safe_name(one.name), emoji_address(one)});
    }
}

void EmojiModel::add_recent() {
    for (const QString& code : recent_) {
        const auto known = text::unicode_emoji().by_text(code);
        Item item{code, code, known ? text::unicode_emoji().shortcode(*known) : code, {}};
        if (code.startsWith(u'<')) {
            const QStringList parts = code.chopped(1).split(u':');
            Emoji emoji;
            emoji.name = parts.value(1);
            emoji.id = snowflake(QStringView(parts.value(2)));
            item = {code, {}, text::safe_name(emoji.name), emoji_address(emoji)};
        }
        items_.push_back(std::move(item));
    }
}

void EmojiModel::rebuild() {
    beginResetModel();
    items_.clear();
    if (!search_.isEmpty()) {
        add_own(search_);
        for (const int at : text::unicode_emoji().search(search_, kFoundMax)) {
            items_.push_back(item_of(at));
        }
    } else if (group_ == u"recent"_s) {
        add_recent();
    } else if (group_ == u"guild"_s) {
        add_own({});
    } else {
        for (const text::EmojiGroup& one : text::unicode_emoji().groups()) {
            for (int n = 0; one.key == group_ && n < one.count; ++n) {
                items_.push_back(item_of(one.first + n));
            }
        }
    }
    endResetModel();
    emit changed();
}

int EmojiModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(items_.size());
}

QVariant EmojiModel::data(const QModelIndex& index, int role) const {
    if (index.row() < 0 || index.row() >= rowCount()) return {};
    const Item& item = items_[std::size_t(index.row())];
    switch (role) {
        case CodeRole:
            return item.code;
        case TextRole:
            return item.text;
        case NameRole:
            return item.name;
        case PictureRole:
            return item.picture;
        default:
            return {};
    }
}

QHash<int, QByteArray> EmojiModel::roleNames() const {
    return {{CodeRole, "code"}, {TextRole, "text"}, {NameRole, "name"}, {PictureRole, "picture"}};
}

}  // namespace guildhall::client
