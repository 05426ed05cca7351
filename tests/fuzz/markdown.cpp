// Any text as a message: blocks and tags of ours only, in order, and every way to read it.
#include "client-qml/core/text/markdown.h"

#include "client-qml/core/text/highlight.h"
#include "client-qml/core/text/links.h"
#include "protocol/check.h"

#include <QString>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <vector>

using namespace guildhall::client::text;

namespace {

class Names final : public MentionResolver {
  public:
    Mention mention(MentionKind, std::uint64_t id) const override {
        if (id % 3 == 0) return {};
        return {QStringLiteral("<b>&\"\u202e"), QStringLiteral("#12345\""), id % 3 == 1};
    }
};

// Every < begins a tag of ours, every tag is closed by the one that fits.
void check_markup(QStringView html) {
    static constexpr std::u16string_view kTags[] = {
        u"b", u"i", u"u", u"s", u"a", u"code", u"font", u"span"};
    std::vector<QStringView> open;
    for (qsizetype at = html.indexOf(u'<'); at >= 0; at = html.indexOf(u'<', at + 1)) {
        auto end = html.indexOf(u'>', at);
        CHECK(end > at);
        auto tag = html.mid(at + 1, end - at - 1);
        auto name = tag.left(tag.indexOf(u' ') < 0 ? tag.size() : tag.indexOf(u' '));
        if (name == u"br" || name == u"img") continue;
        if (tag.startsWith(u'/')) {
            CHECK(!open.empty() && open.back() == tag.mid(1));
            open.pop_back();
            continue;
        }
        CHECK(std::any_of(std::begin(kTags), std::end(kTags), [&](std::u16string_view known) {
            return name == QStringView(known.data(), static_cast<qsizetype>(known.size()));
        }));
        if (name == u"a") {
            auto href = tag.mid(8, tag.indexOf(u'"', 8) - 8).toString();
            if (tag.contains(u"style=")) href.replace(QStringLiteral("&amp;"), QStringLiteral("&"));
            CHECK(parse_href(href).kind != Href::Kind::none);
        }
        open.push_back(name);
    }
    CHECK(open.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1) return 0;
    // Bytes as UTF-8, or as halves of characters that no UTF-8 holds.
    auto text = data[0] % 4 == 0 ? QString(reinterpret_cast<const QChar*>(data + 2),
                                           size < 2 ? 0 : static_cast<qsizetype>((size - 2) / 2))
                                 : QString::fromUtf8(reinterpret_cast<const char*>(data + 1),
                                                     static_cast<qsizetype>(size - 1));
    Names names;
    MarkdownOptions options;
    options.resolver = &names;
    options.revealed = {0, 2};
    options.emoji_prefix = QStringLiteral("image://cdn/emojis/");
    auto document = to_document(text, options);
    CHECK(document.steps <= 64 * static_cast<std::size_t>(text.size()) + 64);
    for (const auto& block : document.blocks) {
        if (block.format != Block::Format::plain) check_markup(block.html);
        if (block.kind == Block::Kind::code) {
            check_markup(
                highlighted(block.text, block.language, {.string = QStringLiteral("#123456")}));
        }
    }
    plain_text(text, options);
    auto name = safe_name(text);
    CHECK(safe_name(name) == name);
    return 0;
}
