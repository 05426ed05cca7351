#include "client-qml/core/store/aside.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

void remove_what_lies_at(const QString& path) {
    const QFileInfo info(path);
    if (info.isDir() && !info.isSymLink()) {
        QDir(path).removeRecursively();
    } else {
        QFile::remove(path);
    }
}

}  // namespace

bool move_aside(const QString& path, const QString& suffix) {
    const QString aside = path + u'.' + suffix;
    bool moved = true;
    for (const QString& part : {u""_s, u"-wal"_s, u"-shm"_s}) {
        remove_what_lies_at(aside + part);
        const QFileInfo info(path + part);
        if (!info.exists() && !info.isSymLink()) continue;
        moved = QDir().rename(path + part, aside + part) && moved;
    }
    return moved;
}

bool is_blocked(const QString& path) {
    const QFileInfo info(path);
    return info.exists() && !info.isFile();
}

void make_folder(const QString& folder) {
    if (QDir(folder).exists() || !QDir().mkpath(folder)) return;
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

}  // namespace guildhall::client
