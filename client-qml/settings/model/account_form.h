#pragma once
// AccountForm: one's own name and picture. Fields: global_name, avatar (a data URI, empty for
// none). PasswordForm: the password. GUI thread.

#include "client-qml/settings/model/form.h"

namespace guildhall::client {

class AccountForm : public guildhall::client::Form {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString avatarSource READ avatarSource NOTIFY fieldsChanged)

  public:
    using Form::Form;
    QString avatarSource() const;

  protected:
    void load() override { shown_ = false; }
    void refresh() override;
    std::vector<Part> parts(const QJsonObject& changed) override;

  private:
    bool shown_ = false;
};

class PasswordForm : public guildhall::client::GuildView {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString oldError READ oldError NOTIFY errorsChanged)
    Q_PROPERTY(QString newError READ newError NOTIFY errorsChanged)
    Q_PROPERTY(QString repeatError READ repeatError NOTIFY errorsChanged)

  public:
    using GuildView::GuildView;
    QString oldError() const { return old_error_; }
    QString newError() const { return new_error_; }
    QString repeatError() const { return repeat_error_; }

    Q_INVOKABLE void change(const QString& old, const QString& wanted, const QString& repeated);

  signals:
    void errorsChanged();
    /// The old password is no longer valid, and all other sessions have ended.
    void changed();

  private:
    void on_answer(const Answer& answer);

    QString old_error_, new_error_, repeat_error_;
};

}  // namespace guildhall::client
