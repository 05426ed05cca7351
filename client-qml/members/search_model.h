#pragma once
// SearchModel: finds messages that this device knows, by words, author, place and date, some at a
// time, so that a large cache holds nothing up; a node that can search is asked as well, one that
// cannot is asked for older messages where one wants to look further back. Works without a line.
// Owned by QML; GUI thread.

#include "client-qml/members/found_messages.h"
#include "client-qml/members/search_query.h"

namespace guildhall::client {

class SearchModel : public FoundMessages {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString guildId MEMBER guild_text_ NOTIFY placeChanged)
    Q_PROPERTY(QString channelId MEMBER channel_text_ NOTIFY placeChanged)
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    /// "channel", "guild", "all".
    Q_PROPERTY(QString scope READ scope WRITE setScope NOTIFY queryChanged)
    /// Rows {label, query}: how what is typed could go on.
    Q_PROPERTY(QVariantList hints READ hints NOTIFY hintsChanged)
    /// How far back this device knows the open channel, or that the node was asked; in words.
    Q_PROPERTY(QString reach READ reach NOTIFY changed)
    Q_PROPERTY(bool canLookFurther READ canLookFurther NOTIFY changed)
    /// This device is not through yet.
    Q_PROPERTY(bool searching READ searching NOTIFY changed)
    /// The node found more than it has sent.
    Q_PROPERTY(bool canAskMore READ canAskMore NOTIFY changed)
    /// Somebody or a place is asked for that nobody knows; in words.
    Q_PROPERTY(QString puzzle READ puzzle NOTIFY changed)

  public:
    explicit SearchModel(QObject* parent = nullptr);

    QString query() const { return query_; }
    void setQuery(const QString& query);
    QString scope() const { return scope_; }
    void setScope(const QString& scope);
    QVariantList hints() const;
    QString reach() const;
    bool searching() const { return !run_.is_done; }
    QString puzzle() const { return puzzle_; }
    bool canLookFurther() const;
    bool canAskMore() const;

    /// Fetches the next older part of the open channel's history into the cache.
    Q_INVOKABLE void lookFurther();
    /// The node's next hits.
    Q_INVOKABLE void askMore();
    Q_INVOKABLE void find();

  signals:
    void placeChanged();
    void queryChanged();
    void hintsChanged();

  protected:
    void follow() override;
    QString sought() const override { return sought_; }

  private:
    /// What is looked for, and how far that has come.
    struct Run {
        SearchQuery query;
        Snowflake author = 0;
        std::vector<Snowflake> channels;  // none: all
        Snowflake below = 0;              // in the cache; 0: from the newest
        int scanned = 0;
        bool is_done = true;  // with the cache
        std::vector<Message> found;
        int node_total = 0, node_taken = 0;
        int node_waits = 0;  // times that its index was not ready
        bool node_answered = false;
    };

    bool begin(Run& run);
    std::optional<std::vector<Snowflake>> places(const SearchQuery& query) const;
    void scan();
    bool learn_place(Snowflake channel) const;
    void take(const Message& message);
    void show_by_channel();
    bool ask_node();  // false: it is not asked
    void on_node(const Answer& answer);
    void set_asking(bool asking);
    void set_looking(bool looking, const QString& why_not = {});
    void learn_reach();
    Snowflake author(const QString& name) const;
    bool node_searches() const;

    QString guild_text_, channel_text_, query_, scope_ = QStringLiteral("guild"), puzzle_, sought_;
    Snowflake oldest_known_ = 0;
    bool at_beginning_ = false;
    // Two questions that know nothing of each other: the node's next hits, and older messages.
    bool asking_ = false, looking_ = false;
    Run run_;
    quint64 runs_ = 0;  // answers to an earlier one are not shown
    QTimer later_, scan_, again_;
};

}  // namespace guildhall::client
