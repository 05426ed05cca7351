#include "client-qml/app/languages.h"

#include <QGuiApplication>
#include <QLocale>
#include <QPointer>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr char kEngineProperty[] = "guildhall_languages";
}

Languages::Languages(Preferences& preferences, QObject* parent)
    : QObject(parent), preferences_(preferences) {
    connect(&preferences, &Preferences::languageChanged, this, &Languages::load);
    load();
}

void Languages::use_in(QQmlEngine& engine) {
    engine.setProperty(kEngineProperty, QVariant::fromValue<QObject*>(this));
    connect(this, &Languages::changed, &engine, &QQmlEngine::retranslate);
}

Languages* Languages::create(QQmlEngine* engine, QJSEngine*) {
    auto* made = qobject_cast<Languages*>(engine->property(kEngineProperty).value<QObject*>());
    QJSEngine::setObjectOwnership(made, QJSEngine::CppOwnership);
    return made;
}

void Languages::load() {
    QCoreApplication::removeTranslator(&ours_);
    const QString chosen = preferences_.language();
    const QLocale locale = chosen.isEmpty() ? QLocale::system() : QLocale(chosen);
    QLocale::setDefault(locale);
    // A language that we do not have is shown in English, whose plurals are in a file too.
    if (ours_.load(locale, u"guildhall"_s, u"_"_s, u":/i18n"_s) ||
        ours_.load(u"guildhall_en"_s, u":/i18n"_s)) {
        QCoreApplication::installTranslator(&ours_);
    }
    QGuiApplication::setLayoutDirection(locale.textDirection());
    emit changed();
}

bool Languages::rightToLeft() const {
    return QGuiApplication::layoutDirection() == Qt::RightToLeft;
}

}  // namespace guildhall::client
