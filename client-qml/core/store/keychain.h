#pragma once
// Keychain: the system's store of secrets, asked on a thread of its own, because its service (over
// D-Bus) may hang where it is connected to. Every question is answered once, within 2 s. GUI
// thread.

#include <QHash>
#include <QObject>
#include <QString>

#include <functional>

class QThread;

namespace guildhall::client {

/// Lives on the keychain's thread.
class KeychainWorker final : public QObject {
    Q_OBJECT

  public:
    enum class Act { read, write, remove };
    /// `none`: it has no such secret.
    enum class Answer { done, none, failed };

    void ask(quint64 question, Act act, const QString& account, const QString& secret);

  signals:
    void answered(quint64 question,
                  guildhall::client::KeychainWorker::Answer answer,
                  const QString& secret);
};

class Keychain final : public QObject {
    Q_OBJECT

  public:
    using Act = KeychainWorker::Act;
    using Answer = KeychainWorker::Answer;
    using Done = std::function<void(Answer answer, const QString& secret)>;

    Keychain();
    ~Keychain() override;

    /// `done` is never called within; `secret` is for `Act::write`.
    void ask(Act act, const QString& account, const QString& secret, const Done& done);

  signals:
    /// Goes to the worker.
    void asked(quint64 question,
               guildhall::client::KeychainWorker::Act act,
               const QString& account,
               const QString& secret);

  signals:
    /// It answers again after having been late: what failed may be asked anew.
    void woke();

  private:
    void answer(quint64 question, Answer answer, const QString& secret);

    // Both outlive this where the service hangs: nothing can stop a thread that waits in it.
    QThread* thread_;
    KeychainWorker* worker_;
    QHash<quint64, Done> open_;
    quint64 last_ = 0;
    bool hangs_ = false;  // it was late: until it answers it is not waited for
};

}  // namespace guildhall::client
