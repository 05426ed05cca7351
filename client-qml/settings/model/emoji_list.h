#pragma once
// EmojiList: a guild's own emojis: added, renamed, deleted; where the node offers that. GUI thread.

#include "client-qml/settings/model/guild_view.h"

#include <QUrl>

namespace guildhall::client {

class EmojiList : public guildhall::client::GuildView {
    Q_OBJECT
    QML_ELEMENT
    /// {key, name, source}.
    Q_PROPERTY(guildhall::client::RowList* rows READ rows CONSTANT)
    Q_PROPERTY(bool offered READ offered NOTIFY offeredChanged)
    /// Why one may not change them; empty: one may.
    Q_PROPERTY(QString reason READ reason NOTIFY refreshed)

  public:
    explicit EmojiList(QObject* parent = nullptr);

    RowList* rows() const { return rows_; }
    bool offered() const { return offered_; }
    QString reason() const { return why_not(protocol::permissions::kManageGuildExpressions); }

    Q_INVOKABLE void add(const QUrl& file);
    Q_INVOKABLE void rename(const QString& emoji, const QString& name);
    Q_INVOKABLE void remove(const QString& emoji);

  signals:
    void offeredChanged();

  protected:
    void load() override;
    void refresh() override;

  private:
    RowList* rows_;
    bool offered_ = false;
};

/// A file's name as an emoji's: letters, digits and underscores, 2 to 32 of them.
QString emoji_name(const QString& file);

}  // namespace guildhall::client
