#include "client-qml/timeline/row.h"

#include <QColor>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kTogetherMs = 7 * 60 * 1000;
constexpr double kContrastMin = 4.5;  // WCAG AA

double luminance(const QColor& color) {
    const auto part = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) +
           0.0722 * part(color.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
    return std::max(one, other) / std::min(one, other);
}

}  // namespace

bool continues(const Row& row, const Row& older) {
    const Message &one = row.message, &before = older.message;
    if (one.is_system() || before.is_system() || one.reply || !one.command_name.isEmpty()) {
        return false;
    }
    const bool same = one.author.id == before.author.id && one.webhook == before.webhook &&
                      (!one.webhook || one.author.username == before.author.username);
    return same && one.time_ms - before.time_ms < kTogetherMs;
}

TextColors TextColors::of(const QVariantMap& palette) {
    const auto color = [&](QLatin1StringView key) {
        return palette.value(key).value<QColor>().name(QColor::HexRgb);
    };
    return {color("link"_L1),
            color("mention"_L1),
            color("spoiler"_L1),
            color("code"_L1),
            color("background"_L1),
            color("keyword"_L1),
            color("string"_L1),
            color("number"_L1),
            color("comment"_L1),
            color("type"_L1),
            palette.value(u"dark"_s).toBool()};
}

QString readable_color(int rgb, const TextColors& colors) {
    if (rgb == 0) return {};
    const QColor ground(colors.background.isEmpty() ? u"#000000"_s : colors.background);
    QColor color = QColor::fromRgb(QRgb(rgb) & 0xFFFFFF);
    for (int i = 0; i < 20 && contrast(color, ground) < kContrastMin; ++i) {
        const double light = double(color.lightnessF());
        color.setHslF(std::max(0.f, color.hslHueF()),
                      color.hslSaturationF(),
                      float(std::clamp(light + (colors.dark ? 0.05 : -0.05), 0.0, 1.0)));
    }
    return color.name(QColor::HexRgb);
}

}  // namespace guildhall::client
