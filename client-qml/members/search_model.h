#pragma once
// SearchModel: finds messages that this device knows, by words, author, place and date; asks the
// node for older ones where one wants to look further back. Works without a line. Owned by QML; GUI
// thread.

#include "client-qml/members/found_messages.h"

#include <QDate>

namespace guildhall::client {

/// "words from:alice has:file before:2026-01-31" taken apart.
struct SearchQuery {
    QString words, from;
    bool has_file = false, has_link = false;
    QDate before, after;
};
SearchQuery parse_query(const QString& text);

class SearchModel : public FoundMessages {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString guildId MEMBER guild_text_ NOTIFY placeChanged)
    Q_PROPERTY(QString channelId MEMBER channel_text_ NOTIFY placeChanged)
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    /// "channel", "guild", "all".
    Q_PROPERTY(QString scope READ scope WRITE setScope NOTIFY queryChanged)
    /// How far back this device knows the open channel, in words.
    Q_PROPERTY(QString reach READ reach NOTIFY changed)
    Q_PROPERTY(bool canLookFurther READ canLookFurther NOTIFY changed)

  public:
    explicit SearchModel(QObject* parent = nullptr);

    QString query() const { return query_; }
    void setQuery(const QString& query);
    QString scope() const { return scope_; }
    void setScope(const QString& scope);
    QString reach() const;
    bool canLookFurther() const;

    /// Fetches the next older part of the open channel's history into the cache.
    Q_INVOKABLE void lookFurther();
    Q_INVOKABLE void find();

  signals:
    void placeChanged();
    void queryChanged();

  protected:
    void follow() override;
    QString sought() const override { return parse_query(query_).words; }

  private:
    std::vector<Snowflake> places() const;
    void learn_reach();
    void show_by_channel(std::vector<Message> found);
    void ask_node(const SearchQuery& query, Snowflake from);
    Snowflake author(const QString& name) const;

    QString guild_text_, channel_text_, query_, scope_ = QStringLiteral("guild");
    Snowflake oldest_known_ = 0;
    bool at_beginning_ = false;
    QTimer later_;
};

}  // namespace guildhall::client
