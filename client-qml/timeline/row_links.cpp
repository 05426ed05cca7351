// What of a message can be opened, as entries of its menu: links of its text and its embeds,
// mentions, pictures, files, the author. Saving has entries of its own. So the keyboard reaches all
// that a pointer does.

#include "client-qml/core/text/bidi.h"
#include "client-qml/core/text/links.h"
#include "client-qml/timeline/row_text.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

struct Links {
    Q_DECLARE_TR_FUNCTIONS(MessageLinks)
};

constexpr qsizetype kLinksMax = 16;
constexpr int kLabelUnits = 60;

/// Of markup that was made by core/text: nothing else has these tags.
QString without_tags(QString html) {
    static const QRegularExpression tag(u"<[^>]*>|[\u2066-\u2069]"_s);
    html.remove(tag);
    return html.replace("&lt;"_L1, "<"_L1)
        .replace("&gt;"_L1, ">"_L1)
        .replace("&quot;"_L1, "\""_L1)
        .replace("&nbsp;"_L1, " "_L1)
        .replace("&amp;"_L1, "&"_L1);
}

class List final {
  public:
    void add(const QString& text, const QString& sign, const QString& act, const QString& value) {
        const bool is_known = std::ranges::any_of(all_, [&](const QVariant& one) {
            const QVariantMap map = one.toMap();
            return map[u"act"_s] == act && map[u"value"_s] == value;
        });
        if (value.isEmpty() || is_known || all_.size() >= kLinksMax) return;
        all_.append(QVariantMap{
            {u"text"_s, text}, {u"sign"_s, sign}, {u"act"_s, act}, {u"value"_s, value}});
    }

    void add_links_of(const QString& html) {
        static const QRegularExpression link(u"<a href=\"([^\"]*)\"[^>]*>(.*?)</a>"_s,
                                             QRegularExpression::DotMatchesEverythingOption);
        for (auto found = link.globalMatch(html); found.hasNext();) {
            const auto one = found.next();
            QString href = one.captured(1);
            add_link(href.replace("&amp;"_L1, "&"_L1), without_tags(one.captured(2)));
        }
    }

    QVariantList take() { return std::move(all_); }

  private:
    void add_link(const QString& href, const QString& written) {
        const bool is_person = href.startsWith("user:"_L1) && written.startsWith(u'@');
        const QString label = text::safe_text(is_person ? written.mid(1) : written, kLabelUnits);
        switch (text::parse_href(href).kind) {
            case text::Href::Kind::web:
                return add(Links::tr("Open %1").arg(label), u"external-link"_s, u"follow"_s, href);
            case text::Href::Kind::user:
                return add(
                    Links::tr("Profile of %1").arg(label), u"circle-user"_s, u"follow"_s, href);
            case text::Href::Kind::channel:
                return add(Links::tr("Go to %1").arg(label), u"hash"_s, u"follow"_s, href);
            default:
                return;  // what has no place to go to, and spoilers: Enter opens those
        }
    }

    QVariantList all_;
};

void add_file(List& list, const QVariantMap& file) {
    const QString name = text::safe_text(file[u"name"_s].toString(), kLabelUnits);
    const QString url = file[u"url"_s].toString();
    const bool is_picture = !file[u"picture"_s].toString().isEmpty();
    if (is_picture) {
        list.add(Links::tr("Show the picture %1").arg(name), u"image"_s, u"picture"_s, url);
    } else {
        list.add(Links::tr("Open %1").arg(name), u"external-link"_s, u"web"_s, url);
    }
}

void add_embed(List& list, const QVariantMap& embed) {
    const auto said = [&](const QString& key) { return embed[key].toString(); };
    const QString title = text::safe_text(said(u"title"_s), kLabelUnits);
    const QString address = text::safe_url(said(u"url"_s)).encoded;
    const QString shown = title.isEmpty() ? text::safe_text(address, kLabelUnits) : title;
    list.add(Links::tr("Open %1").arg(shown), u"external-link"_s, u"web"_s, address);
    list.add_links_of(said(u"html"_s));
    for (const QVariant& field : embed[u"fields"_s].toList()) {
        list.add_links_of(field.toMap()[u"value"_s].toString());
    }
    if (said(u"picture"_s).isEmpty()) return;
    list.add(Links::tr("Show the picture %1").arg(title),
             u"image"_s,
             u"picture"_s,
             said(u"pictureUrl"_s));
}

}  // namespace

QVariantList link_list(const RowView& view, const Row& row) {
    Row made = row;
    if (!made.text.made) make_text(view, made);
    List list;
    list.add_links_of(made.text.html);
    for (const QVariant& block : made.text.blocks) {
        list.add_links_of(block.toMap()[u"html"_s].toString());
    }
    for (const QVariant& file : file_list(row)) add_file(list, file.toMap());
    for (const QVariant& embed : made.text.embeds) add_embed(list, embed.toMap());
    if (!row.is_pending() && !row.message.webhook) {
        const QString name = author_name(view, row.message.author, false);
        list.add(Links::tr("Profile of %1").arg(text::safe_text(name, kLabelUnits)),
                 u"circle-user"_s,
                 u"follow"_s,
                 u"user:"_s + id_text(row.message.author.id));
    }
    return list.take();
}

}  // namespace guildhall::client
