// Which nodes' pictures the image provider may fetch: those of all accounts, the shown one's first.

#include "client-qml/core/account/accounts.h"
#include "client-qml/core/account/preferences.h"
#include "client-qml/core/images/cdn_provider.h"

#include <QLoggingCategory>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

std::vector<QUrl> nodes_of(const Accounts& accounts) {
    std::vector<QUrl> nodes;
    if (Account* shown = accounts.current()) nodes.push_back(shown->record().node);
    for (int row = 0; row < accounts.rowCount(); ++row) {
        const QVariant value = accounts.data(accounts.index(row), Accounts::AccountRole);
        if (const auto* account = value.value<Account*>()) nodes.push_back(account->record().node);
    }
    return nodes;
}

}  // namespace

void add_image_provider(QQmlEngine& engine,
                        Accounts& accounts,
                        Preferences& preferences,
                        const QString& folder) {
    const auto places = std::make_shared<ImagePlaces>();
    const auto update = [places, &accounts, &preferences] {
        places->set(nodes_of(accounts), preferences.externalImages());
    };
    update();
    QObject::connect(&accounts, &Accounts::currentChanged, &engine, update);
    QObject::connect(&accounts, &Accounts::countChanged, &engine, update);
    QObject::connect(&preferences, &Preferences::changed, &engine, update);
    // What decoders find wrong with a picture is its sender's doing, and nothing for the console.
    QLoggingCategory::setFilterRules(u"qt.gui.imageio*=false"_s);
    engine.addImageProvider(u"cdn"_s, new CdnProvider(places, folder + u"/images"_s));
}

}  // namespace guildhall::client
