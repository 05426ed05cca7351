#pragma once
// Secrets: tokens of accounts, in the system's keychain (QtKeychain) where there is one, else in a
// file that only its owner may read; `kind` says which, and the settings page tells people. A file
// is there only while the keychain did not take the secret, so it is newer and read first; what is
// read from it is offered to the keychain again. The keychain is asked on a thread of its own: its
// service may hang. GUI thread.

#include <QHash>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>

namespace guildhall::client {

class Keychain;

class Secrets final : public QObject {
    Q_OBJECT

  public:
    enum class Kind { keychain, file };
    /// `away`: the keychain does not say; it may be locked, and knows perhaps.
    enum class Found { secret, none, away };
    using Done = std::function<void(Found found, const QString& secret)>;

    /// `folder` holds the file of the fallback. `try_keychain` is false in tests.
    Secrets(QString folder, bool try_keychain, QObject* parent = nullptr);
    ~Secrets() override;

    /// What the last answer came from; a file until something was asked.
    Kind kind() const;

    /// `done` is called once, at most 2 s after the call.
    void read(const QString& account, Done done);
    void write(const QString& account, const QString& secret);
    void remove(const QString& account);

  signals:
    void kind_changed();
    /// The keychain answers again: what was away may be read now.
    void woke();

  private:
    void set_kind(Kind kind);
    QString file_of(const QString& account) const;
    QString read_file(const QString& account) const;
    void write_file(const QString& account, const QString& secret);

    QString folder_;
    std::unique_ptr<Keychain> keychain_;  // null: files only
    QHash<QString, QString> offered_;     // writes that the keychain has not answered yet
    Kind kind_ = Kind::file;
};

}  // namespace guildhall::client
