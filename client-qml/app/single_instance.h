#pragma once
// SingleInstance: one client per data folder. The first listens on a local socket; a later start
// hands over the link it was given and ends. GUI thread.

#include <QLocalServer>
#include <QObject>
#include <QString>

namespace guildhall::client {

class SingleInstance final : public QObject {
    Q_OBJECT

  public:
    explicit SingleInstance(const QString& folder, QObject* parent = nullptr);

    bool is_first() const { return server_.isListening(); }
    /// Gives the link (or none: then only the window comes up) to the first; false: it is silent.
    bool hand_over(const QString& link) const;

  signals:
    /// Empty: somebody started the program again.
    void linkArrived(const QString& link);

  private:
    void on_connection();

    QString name_;
    QLocalServer server_;
};

}  // namespace guildhall::client
