#pragma once
// Secrets: tokens of accounts, in the system's keychain (QtKeychain) where there is one, else in a
// file that only its owner may read; `kind` says which, and the settings page tells people. GUI
// thread.

#include <QObject>
#include <QString>

#include <functional>

namespace guildhall::client {

class Secrets final : public QObject {
    Q_OBJECT

  public:
    enum class Kind { keychain, file };

    /// `folder` holds the file of the fallback. `try_keychain` is false in tests.
    Secrets(QString folder, bool try_keychain, QObject* parent = nullptr);

    /// What the last answer came from; a file until something was asked.
    Kind kind() const;

    /// `done` gets the secret, empty where there is none; at most 2 s after the call.
    void read(const QString& account, std::function<void(const QString&)> done);
    void write(const QString& account, const QString& secret);
    void remove(const QString& account);

  signals:
    void kind_changed();

  private:
    QString folder_;
    bool try_keychain_;
    Kind kind_ = Kind::file;
};

}  // namespace guildhall::client
