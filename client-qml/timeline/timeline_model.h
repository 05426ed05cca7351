#pragma once
// TimelineModel: what one channel shows, as a window of at most kRowsMax messages that moves with
// the reader. Row 0 is the newest, for a ListView from bottom to top; the last row is the window's
// older edge (more to come, what failed, or where the channel begins), and row 0 is an edge too
// while newer messages lie beyond the window. Messages on their way lie before (below) the others.
// Names, colours and permissions are looked up when a row is asked for them, so that a role that
// changes touches nothing but the rows in view. Owned by QML; GUI thread.
//
// timeline_model.cpp: what is shown; timeline_rows.cpp: rows come and go; timeline_data.cpp: what a
// row says; timeline_events.cpp: what the node tells; timeline_actions.cpp: what a
// press on a row opens; timeline_files.cpp: files and pictures. What people do with messages:
// message_commands.h.

#include "client-qml/timeline/history.h"
#include "client-qml/timeline/message_commands.h"
#include "client-qml/timeline/row_text.h"

#include <QAbstractListModel>
#include <QDate>
#include <QQmlEngine>
#include <QSet>

#include <deque>

namespace guildhall::client {

class TimelineModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        guildhall::client::Account* account READ account WRITE setAccount NOTIFY placeChanged)
    Q_PROPERTY(QString channelId READ channelId WRITE setChannelId NOTIFY placeChanged)
    Q_PROPERTY(QString guildId READ guildId NOTIFY placeChanged)
    Q_PROPERTY(QString channelName READ channelName NOTIFY placeChanged)
    /// Colours of the theme: see TextColors.
    Q_PROPERTY(QVariantMap palette READ palette WRITE setPalette NOTIFY paletteChanged)
    /// Whether what is in view counts as read.
    Q_PROPERTY(bool active READ active WRITE setActive NOTIFY activeChanged)
    /// Whether the view stands at its lower end and goes along with new messages.
    Q_PROPERTY(bool following READ following WRITE setFollowing NOTIFY followingChanged)
    Q_PROPERTY(bool atPresent READ atPresent NOTIFY edgesChanged)
    Q_PROPERTY(bool blank READ blank NOTIFY edgesChanged)
    /// Blank, and it is known why: the view shows that instead of shapes.
    Q_PROPERTY(bool failed READ failed NOTIFY edgesChanged)
    Q_PROPERTY(int unreadCount READ unreadCount NOTIFY unreadChanged)
    Q_PROPERTY(int newCount READ newCount NOTIFY unreadChanged)
    Q_PROPERTY(QString newSince READ newSince NOTIFY unreadChanged)
    Q_PROPERTY(int newRow READ newRow NOTIFY unreadChanged)
    Q_PROPERTY(bool newOutOfView READ newOutOfView NOTIFY unreadChanged)
    Q_PROPERTY(QString typingText READ typingText NOTIFY typingChanged)
    Q_PROPERTY(guildhall::client::MessageCommands* commands READ commands CONSTANT)

  public:
    static constexpr int kRowsMax = 300, kRowsKept = 250, kFromView = 30;

    enum Kind { MessageKind, SystemKind, PendingKind, EdgeKind };
    Q_ENUM(Kind)
    enum Role {
        KindRole = Qt::UserRole + 1,
        MessageIdRole,
        AuthorIdRole,
        AuthorRole,
        AuthorColorRole,
        AvatarRole,
        NodeRole,
        BadgeRole,
        TimeRole,
        MomentRole,
        ContinuationRole,
        DayRole,
        UnreadLineRole,
        HtmlRole,
        FormatRole,
        JumboRole,
        BlocksRole,
        ReplyRole,
        CommandRole,
        FilesRole,
        EmbedsRole,
        ReactionsRole,
        EditedRole,
        PinnedRole,
        MentionedRole,
        MineRole,
        SystemRole,
        StageRole,
        ProgressRole,
        ErrorRole,
        EdgeRole,
        SpokenRole,
    };
    Q_ENUM(Role)

    explicit TimelineModel(QObject* parent = nullptr);
    ~TimelineModel() override;

    Account* account() const { return account_; }
    void setAccount(Account* account);
    QString channelId() const { return id_text(channel_); }
    void setChannelId(const QString& channel);
    QString guildId() const { return id_text(guild_); }
    QString channelName() const;
    QVariantMap palette() const { return palette_; }
    void setPalette(const QVariantMap& palette);
    bool active() const { return active_; }
    void setActive(bool active);
    bool following() const { return following_; }
    void setFollowing(bool following);
    bool atPresent() const { return !newer_beyond_; }
    /// Nothing is known of the channel yet.
    bool blank() const { return messages_.empty() && pending_.empty() && !begins_; }
    bool failed() const { return older_ == Edge::failed; }
    int unreadCount() const { return int(unseen_.size()); }
    int newCount() const;
    QString newSince() const;
    int newRow() const;
    bool newOutOfView() const { return new_out_of_view_; }
    QString typingText() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    // --- the view ---
    /// The rows in view; loads more where they come near an edge.
    Q_INVOKABLE void viewed(int newest, int oldest);
    Q_INVOKABLE void retryEdge(int row);
    /// By its key; -1 where the window has it not.
    Q_INVOKABLE int rowOf(const QString& key) const;
    Q_INVOKABLE void jumpTo(const QString& message);
    Q_INVOKABLE void jumpToDate(const QDate& date);
    Q_INVOKABLE void jumpToPresent();
    Q_INVOKABLE void jumpToNew();
    Q_INVOKABLE void dismissNew();

    /// What people do with messages.
    MessageCommands* commands() { return &commands_; }
    /// A message's id, or the nonce of one on its way: it stays the same while rows move.
    Q_INVOKABLE QString keyOf(int row) const;
    /// Enter on a row: sends again what was refused, opens its spoilers, its pictures, goes to what
    /// it replies to, tries an edge again. False where there is nothing of that.
    Q_INVOKABLE bool activate(int row);
    Q_INVOKABLE void copy(const QString& text) const;
    Q_INVOKABLE void reveal(int row, int spoiler);
    /// What a link in a row's text means: one of the signals below, or a spoiler that opens.
    Q_INVOKABLE void follow(int row, const QString& href, QObject* near);
    Q_INVOKABLE void markUnread(const QString& message);

    // --- files and pictures: timeline_files.cpp ---
    /// Of a message by its key, as maps: id, name, description, url, bytes, covered, ...
    Q_INVOKABLE QVariantList files(const QString& key) const;
    Q_INVOKABLE QVariantList pictures(const QString& key) const;
    Q_INVOKABLE void uncover(const QString& key, const QString& file);
    Q_INVOKABLE void openWeb(const QString& url);
    Q_INVOKABLE void copyLink(const QString& url);
    /// `address`: image://cdn/...
    Q_INVOKABLE void copyPicture(const QString& address);

  signals:
    void placeChanged();
    void paletteChanged();
    void activeChanged();
    void followingChanged();
    void edgesChanged();
    void unreadChanged();
    void typingChanged();
    /// Another channel is shown, or the same one from the start.
    void opened();
    /// What one may do with the messages may have changed.
    void rightsChanged();
    /// Around every change of rows while the view does not follow: it holds what it shows still.
    void shifting();
    void shifted();
    /// New rows came below while one follows.
    void advanced();
    /// A jump's place is in the window.
    void located(int row, bool highlight);
    void noticed(const QString& text);
    void linkPressed(const QString& url, const QString& host, bool masked);
    void profileRequested(const QString& user, QObject* near);
    void channelPressed(const QString& channel);
    void commandPressed(const QString& command);
    void pictureChosen(const QString& message, const QString& url);

  private:
    friend class MessageCommands;
    enum class Edge { idle, loading, failed };

    // timeline_model.cpp
    void open();
    void connect_state();
    void start_new_line();
    void locate(Snowflake message, bool highlight);
    void refresh();
    State& state() const { return account_->state(); }
    RowView view() const { return {state(), guild_, colors_}; }
    void mark_seen();
    void look_for_new();
    int new_in_window() const { return has_new_ ? int(lower(new_after_)) : 0; }
    void wait_for_midnight();

    // timeline_rows.cpp
    class Shift;  // emits both of the above, once for changes inside of changes
    int newer_edge() const { return newer_beyond_ ? 1 : 0; }
    int row_of_message(std::size_t at) const;
    const Row* row_at(int row) const;
    Row* row_at(int row);
    const Row* row_of(const QString& key) const { return row_at(rowOf(key)); }
    int find(Snowflake message) const;  // in messages_; -1 where it is not
    std::size_t lower(Snowflake message) const;
    void absorb(std::vector<Message> newest_first);
    void insert_run(std::size_t at,
                    std::vector<Message>::iterator from,
                    std::vector<Message>::iterator to);
    void replace(std::size_t at, Message message);
    void erase(std::size_t at, std::size_t count);
    void forget_absent(const History::Page& page);
    void replace_all(std::vector<Message> newest_first);
    void trim();
    void trim_newest(std::size_t keep_from);
    void hide_pending();
    void set_newer_beyond(bool beyond);
    void set_edge(bool newer, Edge edge);
    void touch(int row, const QList<int>& roles = {});
    void touch_shared(const QList<int>& roles);

    // timeline_pending.cpp
    void sync_pending();
    Row pending_row(const Outbox::Item& item) const;
    void confirm(const QString& nonce, Message message);

    // timeline_events.cpp
    void on_page(const History::Page& page);
    void show_page(const History::Page& page);
    void show_newest(const History::Page& page);
    bool continues_window(const History::Page& page) const;
    void on_failed(History::Way way, const ApiError& error);
    void on_created(const Message& message);
    void take_incoming();
    void on_updated(quint64 channel, const QJsonObject& partial);
    void on_removed(quint64 channel, const std::vector<quint64>& ids);
    void on_reaction(quint64 channel, quint64 message, const Reaction& one, int step);
    void on_pins(quint64 channel);
    void on_reactions_cleared(quint64 channel, quint64 message, const Emoji& emoji);
    void on_member(quint64 guild, quint64 user);
    void want_member(Snowflake user) const;
    void ask_members();

    void step_reaction(Snowflake message, const Reaction& one, int step);
    void show_pin(Snowflake message, bool pinned);
    bool open_spoilers(int at, Row& row);

    // timeline_data.cpp
    QVariant message_data(const Row& row, int at, int role) const;
    QVariant author_data(const Message& message, int role) const;
    QVariant place_data(const Row& row, int at, int role) const;
    QVariant content_data(const Row& row, int role) const;
    QVariant edge_data(bool newer, int role) const;
    const Row* older_of(int row) const;
    bool is_new_line(int row) const;

    QPointer<Account> account_;
    Snowflake channel_ = 0, guild_ = 0;
    QVariantMap palette_;
    TextColors colors_;
    History history_;
    MessageCommands commands_{*this};

    // Texts are made when a row is looked at.
    mutable std::vector<Row> pending_;  // newest first
    mutable std::deque<Row> messages_;  // newest first
    bool newer_beyond_ = false;         // newer messages lie beyond the window
    bool begins_ = false;               // the window's oldest is the channel's first
    Edge older_ = Edge::idle, newer_ = Edge::idle;
    int first_in_view_ = 0, last_in_view_ = 0;
    // While the newest page is owed: up to here nothing is missing; what came since may lie beyond
    // a gap. 0: all of the window is of one piece.
    Snowflake joint_ = 0;

    std::vector<Message> incoming_;  // of this turn of the event loop
    QSet<QString> acknowledged_;     // nonces whose message has its row
    Snowflake wanted_ = 0;           // of a jump under way
    bool wanted_highlight_ = false;

    bool active_ = false, following_ = true, holds_unread_ = false;
    Snowflake new_after_ = 0;  // the line "new" lies above this message; 0: there is none
    bool has_new_ = false, new_out_of_view_ = false;
    QSet<Snowflake> unseen_;  // came below while one reads further up
    int shifts_ = 0;
    QTimer typing_, midnight_;
    mutable QTimer members_;
    mutable QSet<Snowflake> members_wanted_, members_asked_;
};

}  // namespace guildhall::client
