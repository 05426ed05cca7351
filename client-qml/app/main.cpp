// guildhall-client: the desktop and phone client. Makes what lives once - preferences, accounts,
// navigation, notifications - and gives it to QML.

#include "client-qml/app/bench_probe.h"
#include "client-qml/app/fonts.h"
#include "client-qml/app/languages.h"
#include "client-qml/app/options.h"
#include "client-qml/app/single_instance.h"
#include "client-qml/app/termination.h"
#include "client-qml/core/account/accounts.h"
#include "client-qml/core/account/navigator.h"
#include "client-qml/core/account/preferences.h"
#include "client-qml/core/images/cdn_provider.h"

#include <QDir>
#include <QGuiApplication>
#include <QIcon>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QtPlugin>

#include <cstdio>

using namespace Qt::StringLiterals;
namespace client = guildhall::client;

int main(int argc, char** argv) {
    QGuiApplication::setApplicationName(u"guildhall"_s);
    QGuiApplication::setApplicationDisplayName(u"Guildhall"_s);
    QGuiApplication::setApplicationVersion(QStringLiteral(GUILDHALL_VERSION));
    QGuiApplication::setDesktopFileName(u"guildhall-client"_s);
    QGuiApplication app(argc, argv);
    const client::Options options = client::read_options(app);

    // A second start hands its link to the first and ends: one window, one writer of each cache.
    client::SingleInstance instance(options.folder);
    if (!instance.is_first()) {
        if (instance.hand_over(options.link)) return 0;
        std::fputs("guildhall-client: it runs already and does not answer\n", stderr);
        return 1;
    }

    client::SystemClock clock;
    client::SystemRng rng;
    client::Preferences preferences(options.folder + u"/preferences.ini"_s);
    client::Languages languages(preferences);
    client::Accounts accounts(options.folder, options.keychain, clock, rng);
    client::Navigator navigator(accounts);

    client::set_fonts();
    QGuiApplication::setWindowIcon(QIcon(u":/qt/qml/Guildhall/App/icons/guildhall.svg"_s));
    QQuickStyle::setStyle(u"Basic"_s);
    QQmlApplicationEngine engine;
    engine.addImportPath(u"qrc:/qt/qml"_s);
    preferences.use_in(engine);
    accounts.use_in(engine);
    navigator.use_in(engine);
    languages.use_in(engine);
    client::add_image_provider(engine, accounts, preferences, options.folder);
    accounts.load();
    engine.setInitialProperties({{u"startNode"_s, options.node}});
    engine.load(QUrl(u"qrc:/qt/qml/Guildhall/App/Main.qml"_s));
    if (engine.rootObjects().isEmpty()) {
        std::fputs("guildhall-client: the window could not be made; see above\n", stderr);
        return 1;
    }
    auto* window = qobject_cast<QQuickWindow*>(engine.rootObjects().constFirst());
    const auto probe = client::BenchProbe::wanted(*window, accounts, navigator);
    QObject::connect(
        &instance, &client::SingleInstance::linkArrived, &navigator, [&](const QString& link) {
            QMetaObject::invokeMethod(window, "raiseUp");
            if (!link.isEmpty()) navigator.open_from_system(link);
        });
    if (!options.link.isEmpty()) navigator.open_from_system(options.link);
    const client::Termination termination;
    return QGuiApplication::exec();
}
