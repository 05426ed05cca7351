#pragma once
// Form: a guild, channel, role or account that is being edited. Knows what the node has, what was
// changed here, and sends only that. What others change meanwhile shows up in the fields that were
// not touched. A field that was touched takes both changes where they can be joined (permissions,
// by their bits); else it stays as it was typed, and `overtaken` says so. GUI thread.

#include "client-qml/settings/model/guild_view.h"

namespace guildhall::client {

// Bases are named in full: the QML type registrar of Qt 6.4 finds them only so.
class Form : public guildhall::client::GuildView {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The base of view-models")
    /// By the API's names, with what was changed here.
    Q_PROPERTY(QVariantMap fields READ fields NOTIFY fieldsChanged)
    /// What the node says against a field, by its name.
    Q_PROPERTY(QVariantMap errors READ errors NOTIFY errorsChanged)
    Q_PROPERTY(bool dirty READ dirty NOTIFY fieldsChanged)
    /// Saving would replace what somebody else wrote since it was changed here.
    Q_PROPERTY(bool overtaken READ overtaken NOTIFY fieldsChanged)
    Q_PROPERTY(bool editable READ editable NOTIFY editableChanged)
    /// Why it may not be edited; empty where it may.
    Q_PROPERTY(QString reason READ reason NOTIFY editableChanged)
    Q_PROPERTY(bool saving READ saving NOTIFY savingChanged)

  public:
    using GuildView::GuildView;

    QVariantMap fields() const;
    QVariantMap errors() const { return errors_; }
    bool dirty() const { return !edits_.isEmpty(); }
    bool overtaken() const { return !overtaken_.isEmpty(); }
    bool editable() const { return reason_.isEmpty(); }
    QString reason() const { return reason_; }
    bool saving() const { return sending_ > 0; }

    Q_INVOKABLE void set(const QString& name, const QVariant& value);
    Q_INVOKABLE void reset();
    Q_INVOKABLE void save();

  signals:
    void fieldsChanged();
    void errorsChanged();
    void editableChanged();
    void savingChanged();
    /// The node took it.
    void saved();

  protected:
    /// A call that brings some of the changed fields to the node.
    struct Part {
        Request request;
        QStringList names;
    };
    /// The calls that send `changed`, and nothing else.
    virtual std::vector<Part> parts(const QJsonObject& changed) = 0;
    /// One of them was taken.
    virtual void accept(const Answer&) {}
    /// All that changed, in one call.
    static std::vector<Part> one_part(Request request, const QJsonObject& changed);

    /// What becomes of an edit `mine` of what was `was`, where the node has `now` since; none where
    /// the two cannot be joined.
    virtual std::optional<QJsonValue> joined(const QString& name,
                                             const QJsonValue& was,
                                             const QJsonValue& mine,
                                             const QJsonValue& now) const;

    /// What the node has now.
    void take(const QJsonObject& fresh);
    /// Another thing is edited: what was typed is forgotten.
    void begin(const QJsonObject& fresh);
    void set_reason(const QString& reason);
    QJsonValue value(const QString& name) const;
    const QJsonObject& edits() const { return edits_; }

  private:
    void settle();
    void send(Part part, const QJsonObject& sent);
    void put_errors(const ApiError& error, const QStringList& names);

    QJsonObject base_, edits_;
    QSet<QString> overtaken_;  // of edits_
    QVariantMap errors_;
    QString reason_;
    int sending_ = 0, place_ = 0;  // answers that belong to an earlier place are not looked at
    bool failed_ = false;
};

}  // namespace guildhall::client
