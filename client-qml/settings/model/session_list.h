#pragma once
// SessionList: where one is logged in, and ending that elsewhere. RecoveryForm: the phrase with
// which an account moves to another node; held only until it was seen. GUI thread.

#include "client-qml/settings/model/guild_view.h"

#include <QUrl>

namespace guildhall::client {

class SessionList : public guildhall::client::GuildView {
    Q_OBJECT
    QML_ELEMENT
    /// {key, name, system, since, isThis}, this one first.
    Q_PROPERTY(guildhall::client::RowList* rows READ rows CONSTANT)
    /// Whether the node told which session is this one: only then all others can be ended.
    Q_PROPERTY(bool knowsThis READ knowsThis NOTIFY loaded)

  public:
    explicit SessionList(QObject* parent = nullptr);

    RowList* rows() const { return rows_; }
    bool knowsThis() const;

    Q_INVOKABLE void end(const QString& session);
    Q_INVOKABLE void endOthers();

  signals:
    void loaded();

  protected:
    void load() override;

  private:
    void end_all(const QStringList& sessions);

    RowList* rows_;
};

class RecoveryForm : public guildhall::client::GuildView {
    Q_OBJECT
    QML_ELEMENT
    /// Shown once; empty before and after.
    Q_PROPERTY(QString phrase READ phrase NOTIFY changed)
    Q_PROPERTY(QString error READ error NOTIFY changed)
    Q_PROPERTY(bool saved READ saved NOTIFY changed)

  public:
    using GuildView::GuildView;
    ~RecoveryForm() override { forget(); }

    QString phrase() const { return phrase_; }
    QString error() const { return error_; }
    bool saved() const { return saved_; }

    Q_INVOKABLE void make(const QString& password);
    /// Writes the backup, which is of no use without the phrase, to a file of one's own.
    Q_INVOKABLE void saveBackup(const QUrl& file);
    Q_INVOKABLE void forget();

  signals:
    void changed();

  private:
    QString phrase_, error_;
    QByteArray backup_;
    bool saved_ = false;
};

}  // namespace guildhall::client
