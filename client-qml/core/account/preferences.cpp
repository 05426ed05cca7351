#include "client-qml/core/account/preferences.h"

#include <algorithm>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr char kEngineProperty[] = "guildhall_preferences";
constexpr double kScaleMin = 0.8, kScaleMax = 2;  // of text alone
constexpr double kAllMin = 0.5, kAllMax = 3;      // of the zoom, and of text with it

double within(double zoom, double text) {
    return std::clamp(zoom, std::max(kAllMin, kAllMin / text), std::min(kAllMax, kAllMax / text));
}
}  // namespace

// A file is an INI file everywhere, so that it can be read and mended by hand.
Preferences::Preferences(const QString& file, QObject* parent)
    : QObject(parent), settings_(file, QSettings::IniFormat) {}

void Preferences::use_in(QQmlEngine& engine) {
    engine.setProperty(kEngineProperty, QVariant::fromValue<QObject*>(this));
}

Preferences* Preferences::create(QQmlEngine* engine, QJSEngine*) {
    auto* made = qobject_cast<Preferences*>(engine->property(kEngineProperty).value<QObject*>());
    QJSEngine::setObjectOwnership(made, QJSEngine::CppOwnership);
    return made;
}

QVariant Preferences::value(const char* key, const QVariant& otherwise) const {
    return settings_.value(QLatin1StringView(key), otherwise);
}

void Preferences::set(const char* key, const QVariant& value) {
    if (settings_.value(QLatin1StringView(key)) == value) return;
    settings_.setValue(QLatin1StringView(key), value);
    emit changed();
}

QVariant Preferences::kept(const QString& name) const { return settings_.value(u"kept/"_s + name); }

void Preferences::keep(const QString& name, const QVariant& value) {
    settings_.setValue(u"kept/"_s + name, value);
}

QString Preferences::language() const { return value("language", QString()).toString(); }

void Preferences::setLanguage(const QString& language) {
    if (language == this->language()) return;
    set("language", language);
    emit languageChanged();
}

QString Preferences::theme() const { return value("theme", u"system"_s).toString(); }
void Preferences::setTheme(const QString& v) { set("theme", v); }

double Preferences::fontScale() const {
    return std::clamp<double>(value("fontScale", 1.0).toDouble(), kScaleMin, kScaleMax);
}
void Preferences::setFontScale(double v) {
    set("fontScale", std::clamp<double>(v, kScaleMin, kScaleMax));
}

// Both together lie within what the window draws: each step of the zoom is seen.
double Preferences::zoom() const { return within(value("zoom", 1.0).toDouble(), fontScale()); }
void Preferences::setZoom(double v) { set("zoom", within(v, fontScale())); }

bool Preferences::reducedMotion() const { return value("reducedMotion", false).toBool(); }
void Preferences::setReducedMotion(bool v) { set("reducedMotion", v); }

bool Preferences::compact() const { return value("compact", false).toBool(); }
void Preferences::setCompact(bool v) { set("compact", v); }

bool Preferences::showMembers() const { return value("showMembers", true).toBool(); }
void Preferences::setShowMembers(bool v) { set("showMembers", v); }

QString Preferences::notify() const { return value("notify", u"mentions"_s).toString(); }
void Preferences::setNotify(const QString& v) { set("notify", v); }

bool Preferences::notifySound() const { return value("notifySound", true).toBool(); }
void Preferences::setNotifySound(bool v) { set("notifySound", v); }

bool Preferences::notifyShowsText() const { return value("notifyShowsText", true).toBool(); }
void Preferences::setNotifyShowsText(bool v) { set("notifyShowsText", v); }

bool Preferences::closeToTray() const { return value("closeToTray", false).toBool(); }
void Preferences::setCloseToTray(bool v) { set("closeToTray", v); }

bool Preferences::externalImages() const { return value("externalImages", false).toBool(); }
void Preferences::setExternalImages(bool v) { set("externalImages", v); }

int Preferences::skinTone() const { return std::clamp<int>(value("skinTone", 0).toInt(), 0, 5); }
void Preferences::setSkinTone(int v) { set("skinTone", std::clamp<int>(v, 0, 5)); }

double Preferences::sidebarWidth() const {
    return std::clamp<double>(value("sidebarWidth", 240.0).toDouble(), 160, 480);
}
void Preferences::setSidebarWidth(double v) {
    set("sidebarWidth", std::clamp<double>(v, 160, 480));
}

double Preferences::membersWidth() const {
    return std::clamp<double>(value("membersWidth", 240.0).toDouble(), 160, 480);
}
void Preferences::setMembersWidth(double v) {
    set("membersWidth", std::clamp<double>(v, 160, 480));
}

}  // namespace guildhall::client
