#pragma once
// SingleInstance: one client per data folder, because each cache and outbox has one writer. Who
// holds the folder's lock is the first and listens on a local socket; a later start hands over the
// link it was given and ends. GUI thread.

#include <QLocalServer>
#include <QLockFile>
#include <QObject>
#include <QString>

namespace guildhall::client {

class SingleInstance final : public QObject {
    Q_OBJECT

  public:
    explicit SingleInstance(const QString& folder, QObject* parent = nullptr);

    /// Where it listens; empty: no place is safe, and nobody can hand anything over.
    QString socket() const { return name_; }
    bool is_first() const { return is_first_; }
    /// Gives the link (or none: then only the window comes up) to the first; false: it is silent.
    bool hand_over(const QString& link) const;

  signals:
    /// Empty: somebody started the program again.
    void linkArrived(const QString& link);

  private:
    bool take_place();
    bool take_abandoned();
    bool answers() const;
    void on_connection();

    QString name_;
    QLockFile lock_;
    QLocalServer server_;
    bool is_first_ = false;
};

}  // namespace guildhall::client
