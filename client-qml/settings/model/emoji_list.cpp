#include "client-qml/settings/model/emoji_list.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/text/bidi.h"
#include "client-qml/settings/model/image_cropper.h"

#include <QFileInfo>
#include <QImageReader>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr int kSide = 128;
constexpr qint64 kPixelsMax = 50'000'000;
constexpr qsizetype kBytesMax = 256 * 1'024, kNameMin = 2, kNameMax = 32;
}  // namespace

QString emoji_name(const QString& file) {
    QString name;
    for (const QChar c : QFileInfo(file).completeBaseName()) {
        const bool plain = c.unicode() < 128 && c.isLetterOrNumber();
        if (name.size() < kNameMax) name += plain ? c : u'_';
    }
    return name.leftJustified(kNameMin, u'_');
}

EmojiList::EmojiList(QObject* parent)
    : GuildView(parent), rows_(new RowList({"key", "name", "source"}, this)) {}

void EmojiList::load() {
    if (!guild()) return;
    ask(request_of("GET", guild_path(u"/emojis"_s)), [this](const Answer& answer) {
        offered_ = answer.ok() && answer.body.isArray();
        emit offeredChanged();
    });
}

void EmojiList::refresh() {
    if (!guild()) return;
    std::vector<QVariantMap> rows;
    for (const Emoji& emoji : guild()->emojis) {
        const QString id = id_text(emoji.id);
        rows.push_back({{u"key"_s, id},
                        {u"name"_s, text::safe_name(emoji.name, id)},
                        {u"source"_s, emoji_address(emoji)}});
    }
    rows_->set(std::move(rows));
}

void EmojiList::add(const QUrl& file) {
    QImageReader reader(file.toLocalFile());
    const QSize size = reader.size();
    if (!size.isValid() || qint64(size.width()) * size.height() > kPixelsMax) {
        return complain(tr("This is no picture that can be used here."));
    }
    const QImage image = reader.read();
    if (image.isNull()) return complain(tr("This picture is damaged."));
    const bool large = std::max(image.width(), image.height()) > kSide;
    const QImage small =
        large ? image.scaled(kSide, kSide, Qt::KeepAspectRatio, Qt::SmoothTransformation) : image;
    const QJsonObject body{{u"name"_s, emoji_name(file.fileName())},
                           {u"image"_s, data_uri(small, kBytesMax)}};
    call(request_of("POST", guild_path(u"/emojis"_s), body));
}

void EmojiList::rename(const QString& emoji, const QString& name) {
    if (snowflake(QStringView(emoji)) == 0 || name.size() < kNameMin) return;
    const QJsonObject body{{u"name"_s, name}};
    call(request_of("PATCH", guild_path(u"/emojis/"_s + emoji), body));
}

void EmojiList::remove(const QString& emoji) {
    if (snowflake(QStringView(emoji)) == 0) return;
    call(request_of("DELETE", guild_path(u"/emojis/"_s + emoji)));
}

}  // namespace guildhall::client
