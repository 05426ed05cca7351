#include "client-qml/core/store/secrets.h"

#include "client-qml/core/store/aside.h"
#include "client-qml/core/store/keychain.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSaveFile>
#include <QTimer>

#include <utility>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kSecretMax = 64 << 10;
constexpr auto kOwnerOnly = QFile::ReadOwner | QFile::WriteOwner;

}  // namespace

Secrets::Secrets(QString folder, bool try_keychain, QObject* parent)
    : QObject(parent),
      folder_(std::move(folder)),
      keychain_(try_keychain ? std::make_unique<Keychain>() : nullptr) {
    if (keychain_) connect(keychain_.get(), &Keychain::woke, this, &Secrets::woke);
}

Secrets::~Secrets() {
    // What the keychain has not taken yet must be there after the next start.
    for (auto i = offered_.cbegin(); i != offered_.cend(); ++i) write_file(i.key(), i.value());
}

Secrets::Kind Secrets::kind() const { return kind_; }

void Secrets::set_kind(Kind kind) {
    if (std::exchange(kind_, kind) != kind) emit kind_changed();
}

void Secrets::read(const QString& account, Done done) {
    if (offered_.contains(account)) {
        QTimer::singleShot(0, this, [done = std::move(done), secret = offered_.value(account)] {
            done(Found::secret, secret);
        });
        return;
    }
    const QString kept = read_file(account);
    if (!kept.isEmpty() || !keychain_) {
        QTimer::singleShot(0, this, [this, done = std::move(done), account, kept] {
            set_kind(Kind::file);
            done(kept.isEmpty() ? Found::none : Found::secret, kept);
            if (keychain_ && !kept.isEmpty() && !offered_.contains(account)) write(account, kept);
        });
        return;
    }
    const auto answered = [this, done = std::move(done)](Keychain::Answer answer,
                                                         const QString& secret) {
        set_kind(answer == Keychain::Answer::failed ? Kind::file : Kind::keychain);
        const bool is_found = answer == Keychain::Answer::done && !secret.isEmpty();
        done(is_found                             ? Found::secret
             : answer == Keychain::Answer::failed ? Found::away
                                                  : Found::none,
             secret);
    };
    keychain_->ask(Keychain::Act::read, account, {}, answered);
}

void Secrets::write(const QString& account, const QString& secret) {
    if (!keychain_) return write_file(account, secret);
    offered_[account] = secret;
    const auto answered = [this, account, secret](Keychain::Answer answer, const QString&) {
        // A later write, or a removal, has taken its place.
        if (offered_.value(account) != secret) return;
        offered_.remove(account);
        const bool taken = answer == Keychain::Answer::done;
        if (taken) {
            QFile::remove(file_of(account));
        } else {
            write_file(account, secret);
        }
        set_kind(taken ? Kind::keychain : Kind::file);
    };
    keychain_->ask(Keychain::Act::write, account, secret, answered);
}

void Secrets::remove(const QString& account) {
    offered_.remove(account);
    QFile::remove(file_of(account));
    if (keychain_) {
        keychain_->ask(Keychain::Act::remove, account, {}, [](Keychain::Answer, const QString&) {});
    }
}

/// Accounts are named by whoever runs their node: nothing of a name becomes part of a path.
QString Secrets::file_of(const QString& account) const {
    const QByteArray hash = QCryptographicHash::hash(account.toUtf8(), QCryptographicHash::Sha256);
    return folder_ + u"/secret-"_s + QString::fromLatin1(hash.first(16).toHex());
}

QString Secrets::read_file(const QString& account) const {
    QFile file(file_of(account));
    if (!file.open(QFile::ReadOnly)) return {};
    if ((file.permissions() & ~(kOwnerOnly | QFile::ReadUser | QFile::WriteUser)) != 0) {
        file.setPermissions(kOwnerOnly);
    }
    return QString::fromUtf8(file.read(kSecretMax));
}

void Secrets::write_file(const QString& account, const QString& secret) {
    make_folder(folder_);
    QSaveFile file(file_of(account));
    if (!file.open(QFile::WriteOnly)) return;
    file.setPermissions(kOwnerOnly);  // else those of the file that it replaces
    file.write(secret.toUtf8());
    file.commit();
}

}  // namespace guildhall::client
