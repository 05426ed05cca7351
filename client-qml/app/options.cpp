#include "client-qml/app/options.h"

#include <QCommandLineParser>
#include <QDir>
#include <QStandardPaths>

namespace guildhall::client {

using namespace Qt::StringLiterals;

Options read_options(const QGuiApplication& app) {
    QCommandLineParser parser;
    parser.setApplicationDescription(QGuiApplication::translate(
        "Options", "Guildhall: chat with the people of your node and of every other."));
    const QCommandLineOption node(
        u"node"_s,
        QGuiApplication::translate("Options", "The home node that the first page suggests."),
        u"address"_s);
    const QCommandLineOption data(
        u"data"_s,
        QGuiApplication::translate("Options", "Where accounts and their caches are kept."),
        u"folder"_s);
    const QCommandLineOption no_keychain(
        u"no-keychain"_s,
        QGuiApplication::translate("Options", "Keep tokens in a file that only you can read."));
    parser.addOptions({node, data, no_keychain});
    parser.addPositionalArgument(
        u"link"_s, QGuiApplication::translate("Options", "A link to open."), u"[link]"_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.process(app);
    Options options;
    options.folder = parser.value(data);
    if (options.folder.isEmpty()) {
        options.folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    }
    options.folder = QDir(options.folder).absolutePath();
    options.node = parser.value(node);
    options.keychain = !parser.isSet(no_keychain);
    if (!parser.positionalArguments().isEmpty())
        options.link = parser.positionalArguments().first();
    return options;
}

}  // namespace guildhall::client
