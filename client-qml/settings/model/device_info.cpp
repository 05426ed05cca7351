#include "client-qml/settings/model/device_info.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QLocale>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int kFilesMax = 200'000;

struct Part {
    const char *name, *licence, *address;
};
constexpr Part kParts[] = {
    {"Guildhall", "MIT", ""},
    {"Qt 6", "LGPL-3.0", "https://www.qt.io"},
    {"Lucide icons", "ISC", "https://lucide.dev"},
    {"Emojibase data", "MIT", "https://emojibase.dev"},
    {"Inter", "OFL-1.1", "https://rsms.me/inter"},
    {"Noto fonts", "OFL-1.1", "https://fonts.google.com/noto"},
    {"QtKeychain", "BSD-3-Clause", "https://github.com/frankosterfeld/qtkeychain"},
    {"SQLite", "Public domain", "https://sqlite.org"},
    {"zlib", "Zlib", "https://zlib.net"},
};

}  // namespace

DeviceInfo::DeviceInfo(QObject* parent)
    : GuildView(parent), parts_(new RowList({"key", "name", "licence", "address"}, this)) {
    std::vector<QVariantMap> rows;
    for (const Part& one : kParts) {
        const QString name = QString::fromLatin1(one.name);
        rows.push_back({{u"key"_s, name},
                        {u"name"_s, name},
                        {u"licence"_s, QString::fromLatin1(one.licence)},
                        {u"address"_s, QString::fromLatin1(one.address)}});
    }
    parts_->set(std::move(rows));
}

QString DeviceInfo::version() const {
    const QString version = QCoreApplication::applicationVersion();
    return version.isEmpty() ? tr("development") : version;
}

QString DeviceInfo::qtVersion() const { return QString::fromLatin1(qVersion()); }

void DeviceInfo::refresh() {
    size_.clear();
    if (!account()) return;
    qint64 bytes = 0;
    QDirIterator files(account()->folder(), QDir::Files, QDirIterator::Subdirectories);
    for (int i = 0; files.hasNext() && i < kFilesMax; ++i) {
        files.next();
        bytes += files.fileInfo().size();
    }
    size_ = QLocale().formattedDataSize(bytes);
}

void DeviceInfo::clearMessages() {
    if (!state()) return;
    for (const CachedGuild& one : state()->guilds()) {
        const Guild* guild = state()->guild(one.id);
        if (!guild) continue;
        for (const Channel& channel : guild->channels) state()->cache().forget_channel(channel.id);
    }
    for (const Channel* channel : state()->private_channels()) {
        state()->cache().forget_channel(channel->id);
    }
    state()->cache().flush();
    refresh();
    emit refreshed();
}

}  // namespace guildhall::client
