#pragma once
// State: all that one account knows at present - itself, guilds, channels, members, presences,
// typing, read states - made from the cache at the start and kept by dispatches. Models read it and
// listen to its signals; nothing else keeps a copy. What it learns it writes to the cache.
// Owned by an Account; GUI thread. Pointers that it hands out are valid until the next dispatch.
//
// Where an event is added: a row in the table of state/{guild,member,message}_events.cpp.

#include "client-qml/core/base/clock.h"
#include "client-qml/core/data/guild_hosting.h"
#include "client-qml/core/data/message.h"
#include "client-qml/core/gateway/dispatch.h"
#include "client-qml/core/state/member_table.h"
#include "client-qml/core/state/permissions.h"
#include "client-qml/core/state/read_states.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <optional>

namespace guildhall::client {

class State final : public QObject {
    Q_OBJECT

  public:
    /// Both outlive this.
    State(Cache& cache, Clock& clock, QObject* parent = nullptr);

    /// What the cache knows; guilds are parsed when they are first looked at.
    void load();
    void apply(const Dispatches& dispatches);
    /// Those that it understands: for tests that try them all.
    static QStringList events() { return handlers().keys(); }
    /// A message that an answer brought (history, a post): authors and members are learnt from it.
    void learn(const Message& message);

    // --- who ---
    const User& self() const { return self_; }
    /// Offline: nobody is known to be online.
    bool is_live() const { return live_; }
    /// Whether the line is there; READY says so too.
    void set_live(bool live);
    const User* user(Snowflake id) const;
    const Member* member(Snowflake guild, Snowflake user) const;
    /// Everybody who is known in a guild: for completion and lists by role. Bounded by
    /// kMembersMax, never complete in a large guild.
    std::vector<const Member*> members(Snowflake guild) const;
    /// Kept from an earlier session, and this one told nothing of them: they may have left. Who
    /// asks the node for them by op 8 is told, and State with him. By id, at most `most`.
    std::vector<Snowflake> doubted_members(Snowflake guild, std::size_t most) const;
    bool is_doubted(Snowflake guild, Snowflake user) const {
        return members_.is_doubted(guild, user);
    }
    Presence presence(Snowflake user) const;
    /// How a person is called in a guild, without controls and never empty.
    QString display_name(Snowflake guild, const User& user) const;
    /// 0xRRGGBB of the highest coloured role; 0: none.
    int color(Snowflake guild, Snowflake user) const;

    // --- where ---
    /// In the order in which the rail shows those that no folder or drag placed.
    const std::vector<CachedGuild>& guilds() const { return order_; }
    const Guild* guild(Snowflake id) const;
    /// Of a guild or a direct message.
    const Channel* channel(Snowflake id) const;
    std::vector<const Channel*> private_channels() const;
    /// Of oneself.
    Subject me(Snowflake guild) const;
    Permissions permissions(Snowflake channel) const;
    /// Channels that one may see: computed once, until a channel, a role or oneself changes.
    const QSet<Snowflake>& visible(Snowflake guild) const;
    /// Whether its channels are in memory; else guild() reads them from the disk.
    bool is_parsed(Snowflake guild) const { return guilds_.contains(guild); }
    /// How often rights in a channel were computed so far: what tests hold against the work done.
    quint64 rights_computed() const { return rights_computed_; }
    /// How many guilds, channels and people were put in their places one by one so far, on this
    /// thread: the same.
    quint64 steps_taken() const { return steps_taken_; }
    Permissions guild_permissions(Snowflake guild) const;
    bool can_view(const Channel& channel) const;
    Explanation why(Snowflake guild, Snowflake channel, Permissions bit) const;

    /// Whether the node says by itself which hosts are there; else they are asked for.
    bool tells_hosting() const { return tells_hosting_; }
    /// Null: at one's own node, as far as is told.
    const GuildHosting* hosting(Snowflake guild) const;

    // --- what is new ---
    ReadStates& read_states() { return read_states_; }
    const ReadStates& read_states() const { return read_states_; }
    /// Of all channels of a guild that can be seen.
    Unread guild_unread(Snowflake guild) const;
    void mark_read(Snowflake channel, Snowflake message);
    void mark_unread(Snowflake channel, Snowflake message);
    /// Who types now, oneself left out.
    std::vector<Snowflake> typing(Snowflake channel) const;
    bool mentions_me(const Message& message) const;

    Clock& clock() const { return clock_; }
    Cache& cache() const { return cache_; }
    /// As the cache's own, and tells whoever shows it.
    bool put_setting(const QString& name, const QJsonValue& value);

  signals:
    /// Everything may be different: after load() and READY.
    void reset();
    void live_changed();
    void self_changed();
    void guild_added(quint64 guild);
    void guild_changed(quint64 guild);  // its name, icon, roles, emojis, or that it is unavailable
    void guild_removed(quint64 guild);
    void hosting_changed(quint64 guild);  // its host went, came back, is another; or who may follow
    void channels_changed(quint64 guild);   // one was made, moved, removed; or who may see it
    void channel_changed(quint64 channel);  // its name, topic, ...
    void channel_removed(quint64 channel);
    void member_changed(quint64 guild, quint64 user);
    void member_removed(quint64 guild, quint64 user);
    void presence_changed(quint64 user);
    void typing_changed(quint64 channel);
    void unread_changed(quint64 channel);
    void message_created(const guildhall::client::Message& message);
    /// Fields as the node sent them; absent ones are as they were.
    void message_updated(quint64 channel, const QJsonObject& partial);
    void messages_removed(quint64 channel, const std::vector<quint64>& ids);
    void reaction_changed(quint64 channel,
                          quint64 message,
                          const guildhall::client::Reaction& one,
                          int step);
    /// An emoji without id and name: all of that message.
    void reactions_cleared(quint64 channel, quint64 message, const guildhall::client::Emoji& emoji);
    void pins_changed(quint64 channel);
    void setting_changed(const QString& name);
    /// Every dispatch, after it was applied: for what only one feature needs.
    void dispatched(const guildhall::client::Dispatch& dispatch);

  private:
    using Handler = void (State::*)(const QJsonObject&);
    static const QHash<QString, Handler>& handlers();

    void on_ready(const QJsonObject& data);
    void on_user_update(const QJsonObject& data);
    void on_guild_create(const QJsonObject& data);
    void on_guild_update(const QJsonObject& data);
    void on_guild_delete(const QJsonObject& data);
    void on_hosting(const QJsonObject& data);
    void on_emojis(const QJsonObject& data);
    void on_role(const QJsonObject& data);
    void on_role_delete(const QJsonObject& data);
    void on_channel(const QJsonObject& data);
    void on_channel_delete(const QJsonObject& data);
    void on_member(const QJsonObject& data);
    void on_member_remove(const QJsonObject& data);
    void on_members_chunk(const QJsonObject& data);
    void on_member_list(const QJsonObject& data);
    void on_presence(const QJsonObject& data);
    void on_typing(const QJsonObject& data);
    void on_message(const QJsonObject& data);
    void on_message_update(const QJsonObject& data);
    void on_message_delete(const QJsonObject& data);
    void on_messages_delete(const QJsonObject& data);
    void on_reaction_add(const QJsonObject& data);
    void on_reaction_remove(const QJsonObject& data);
    void on_reactions_clear(const QJsonObject& data);
    void on_pins(const QJsonObject& data);
    void on_ack(const QJsonObject& data);

    using Channels = QHash<Snowflake, std::vector<Snowflake>>;  // by guild
    /// `seen`: channels with read states. Returns those that are gone.
    std::vector<Snowflake> take_guild(GuildNews news, const Channels& seen);
    void take_channels(const Guild& guild);
    std::vector<Snowflake> take_private_channels(const QJsonArray& channels, bool are_news);
    void take_members(GuildNews& news);
    void take_people(GuildsNews& news);
    void take_private_channel(const QJsonObject& object, bool is_news);
    bool take_presence(const Presence& presence);
    void take_hosting(const QJsonObject& ready);
    void set_unavailable(Snowflake guild);
    void forget_channel(Snowflake channel);
    void load_members(Snowflake guild) const;
    void see_anew(Snowflake guild) const { visible_.remove(guild); }
    void end_typing();
    void remember(const Member& member);
    void meet(const User& user);
    void drop_member(Snowflake guild, Snowflake user);
    void drop_guild(Snowflake guild, const Channels& seen);
    void reaction(const QJsonObject& data, int step);
    Guild* known(Snowflake guild);

    Cache& cache_;
    Clock& clock_;
    GuildsNews told_;                 // by the dispatch that is applied
    mutable ReadStates read_states_;  // learns what is hidden when that is looked at
    User self_;
    bool live_ = false;
    bool follows_ = false;  // since a READY dispatches tell of everything, pauses of the line too
    std::vector<CachedGuild> order_;
    /// Parsed when looked at, hence mutable.
    mutable QHash<Snowflake, Guild> guilds_;
    mutable QHash<Snowflake, Snowflake> guild_of_channel_;
    QHash<Snowflake, Channel> private_channels_;
    mutable MemberTable members_;
    mutable QHash<Snowflake, User> users_;    // as met since
    QHash<Snowflake, User> listed_;           // as READY said
    mutable QSet<Snowflake> members_loaded_;  // guilds whose kept members are in `members_`
    mutable QHash<Snowflake, QSet<Snowflake>> visible_;
    mutable quint64 rights_computed_ = 0;
    quint64 steps_taken_ = 0;
    bool tells_hosting_ = false;
    QHash<Snowflake, GuildHosting> hosting_;
    QHash<Snowflake, Presence> presences_;
    QHash<Snowflake, QHash<Snowflake, qint64>> typing_;  // by channel: user, until (steady)
    QTimer typing_timer_;
};

}  // namespace guildhall::client
