#pragma once
// MessageCommands: what people do with the messages of a timeline. They name a message by its id,
// or by the nonce of one that the node has not acknowledged, never by its row: rows move under an
// open menu. What changes is shown at once and taken back where the node refuses; an answer belongs
// to the account and channel that were asked. Owned by a TimelineModel; GUI thread.

#include "client-qml/core/account/account.h"

#include <QHash>
#include <QObject>
#include <QQmlEngine>

namespace guildhall::client {

class TimelineModel;

class MessageCommands final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("A timeline has them")

  public:
    explicit MessageCommands(TimelineModel& timeline);

    /// What one may do; empty where the window has no such message.
    Q_INVOKABLE QVariantMap rights(const QString& key) const;
    Q_INVOKABLE QString content(const QString& message) const;
    /// Without markup, as it is copied and asked about.
    Q_INVOKABLE QString text(const QString& key) const;
    Q_INVOKABLE QString link(const QString& message) const;
    /// What of it can be opened: see link_list.
    QVariantList links(const QString& key) const;

    /// What a key does to a message: R, E, Ctrl+Shift+P and Ctrl+C, where one may do that.
    Q_INVOKABLE bool press(const QString& key, int pressed, int modifiers);
    Q_INVOKABLE void reply(const QString& message);
    Q_INVOKABLE void edit(const QString& message);
    /// One's own newest message, wherever the window lies.
    Q_INVOKABLE void editLast();
    Q_INVOKABLE void copy(const QString& text) const;
    Q_INVOKABLE void copyText(const QString& key);
    Q_INVOKABLE void react(const QString& message, const QString& emoji);
    Q_INVOKABLE void askReactors(const QString& message, const QString& emoji);
    /// Their answer is remembered until the reactions of the message change.
    void forget_reactors(const QString& message);
    void forget_reactors() { reactors_.clear(); }
    /// Of the channel in which it was asked for: another may be shown by the time of an answer.
    Q_INVOKABLE void remove(const QString& channel, const QString& message);
    Q_INVOKABLE void togglePin(const QString& message);
    Q_INVOKABLE void retry(const QString& nonce);
    Q_INVOKABLE void discard(const QString& nonce);

  signals:
    void replyChosen(const QString& message, const QString& author, const QString& text);
    void editChosen(const QString& message, const QString& content);
    void reactors(const QString& message, const QString& emoji, const QString& names);
    void noticed(const QString& text);

  private:
    void refused(const ApiError& error);

    TimelineModel& timeline_;
    QHash<QString, QHash<QString, QString>> reactors_;  // names by emoji, by message
};

}  // namespace guildhall::client
