#include "client-qml/core/store/cache.h"

#include "client-qml/core/store/aside.h"
#include "client-qml/core/store/blob.h"
#include "client-qml/core/store/kept.h"
#include "client-qml/core/store/message_pages.h"
#include "client-qml/core/store/message_rows.h"
#include "client-qml/core/store/schema.h"
#include "client-qml/core/store/trimming.h"
#include "client-qml/core/store/writer.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <limits>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

// What waiting writes are known by besides the ids of channels and guilds, which are larger.
constexpr quint64 kSelfKey = 1, kGuildsKey = 2, kPrivateKey = 3;
constexpr int kMessagesInMemory = 20'000, kChannelMessagesInMemory = 1'000;
constexpr int kMembersReadMax = 10'000;
constexpr qsizetype kMembersWeightMax = 50;
constexpr qsizetype kPageMessagesMax = 1'000;
constexpr int kGuildsReadMax = 1'000;  // of the API: 200

bool is_id(Snowflake id) { return id != 0 && id <= kIdMax; }

QString said(const char* text) { return QCoreApplication::translate("Cache", text); }

std::optional<QJsonObject> object_at(Rows&& rows) {
    return rows.next() ? from_blob(rows.bytes(0)) : std::nullopt;
}

std::vector<QJsonObject> objects_of(Rows&& rows) {
    std::vector<QJsonObject> objects;
    while (rows.next()) {
        if (auto object = from_blob(rows.bytes(0))) objects.push_back(std::move(*object));
    }
    return objects;
}

void write_guild(Database& db, Snowflake guild, QJsonObject kept) {
    kept.remove("members"_L1);
    kept.remove("presences"_L1);
    const QByteArray body = to_blob(kept);
    if (body.isEmpty()) return;
    db.run(u"INSERT OR REPLACE INTO guilds (id, name, icon, body) VALUES (?,?,?,?)"_s,
           {guild, text_of(kept, "name"_L1, 256), text_of(kept, "icon"_L1, 128), body});
}

void write_member(Database& db, Snowflake guild, Snowflake user, const QJsonObject& member) {
    db.run(
        u"INSERT OR REPLACE INTO members (guild, user, seen, body) VALUES (?,?,"
        u"(SELECT coalesce(max(seen), 0) + 1 FROM members WHERE guild=?),?)"_s,
        {guild, user, guild, to_blob(member)});
}

CacheLimits in_memory(CacheLimits limits) {
    limits.messages = std::min(limits.messages, kMessagesInMemory);
    limits.channel_messages = std::min(limits.channel_messages, kChannelMessagesInMemory);
    return limits;
}

}  // namespace

/// The connection that is read, the writer, and what replaces both when the file fails.
class Cache::Impl final {
  public:
    Impl(const QString& folder, CacheLimits limits)
        : kept(folder), path_(folder + u"/cache.sqlite"_s), limits_(limits) {
        open();
    }

    /// For a read of what the key names: what was put under it is visible.
    Database& ready(quint64 key) {
        heal();
        if (writer_) writer_->await(key);
        heal();
        return reader_;
    }
    Database& ready_all() {
        heal();
        if (writer_) writer_->await_all();
        heal();
        return reader_;
    }
    using Change = std::function<void(Database&, Trimming&)>;
    void change(Writer::Keys keys, int weight, const Change& change);
    CachedPage page(Snowflake channel, const std::function<PageRead(Database&)>& read);
    void touch(Snowflake channel);
    void flush() {
        if (writer_) writer_->flush();
        heal();
        kept.flush();
    }
    /// Notices what went wrong since: a damaged file is replaced, an unwritable one given up.
    void heal();

    Kept kept;
    QString complaint;
    quint64 changes = 0;

  private:
    void open();
    SchemaState open_file();
    void work_in_memory(const QString& reason);
    void start_writer();

    QString path_;
    CacheLimits limits_;
    Database reader_;
    std::unique_ptr<Writer> writer_;                 // null: all is in memory
    std::vector<std::unique_ptr<Writer>> given_up_;  // a disk that hangs may hold their threads
    /// Of the writer's thread, or of this one where there is no writer; shared with changes that
    /// wait, which a disk that hangs may hold for longer than the cache uses it.
    std::shared_ptr<Trimming> trimming_;
    Snowflake touched_ = 0;
};

void Cache::Impl::open() {
    // Twice: what is wrong with the file is gone with it.
    for (int attempt = 0; attempt < 2; ++attempt) {
        const SchemaState state = open_file();
        if (state == SchemaState::ready) return start_writer();
        const bool unwritable = reader_.trouble() == Database::Trouble::unwritable;
        const QString reason = reader_.reason();
        reader_.close();
        if (unwritable) return work_in_memory(reason);
        const bool newer = state == SchemaState::newer;
        complaint = newer ? said("The cache was made by a later version and is built anew.")
                          : said("The cache was damaged and is built anew.");
        if (!move_aside(path_, newer ? u"newer"_s : u"damaged"_s)) break;
    }
    work_in_memory(u"the file stands in the way"_s);
}

SchemaState Cache::Impl::open_file() {
    reader_.clear_trouble();
    if (is_blocked(path_) || !reader_.open(path_, Database::Sync::normal)) {
        return SchemaState::failed;
    }
    return bring_up_cache(reader_);
}

void Cache::Impl::start_writer() {
    trimming_ = std::make_shared<Trimming>(limits_);
    writer_ = std::make_unique<Writer>(
        path_, [trimming = trimming_](Database& database) { trimming->trim_all(database); });
}

void Cache::Impl::work_in_memory(const QString& reason) {
    complaint = said("The cache cannot be written, so nothing is remembered: %1").arg(reason);
    trimming_ = std::make_shared<Trimming>(in_memory(limits_));
    reader_.close();
    reader_.clear_trouble();
    if (reader_.open(u":memory:"_s, Database::Sync::normal)) bring_up_cache(reader_);
}

void Cache::Impl::heal() {
    Database::Trouble trouble = reader_.trouble();
    QString reason = reader_.reason();
    if (trouble == Database::Trouble::none && writer_) {
        trouble = writer_->trouble();
        if (trouble != Database::Trouble::none) reason = writer_->reason();
    }
    if (trouble == Database::Trouble::none) return;
    if (writer_ && trouble == Database::Trouble::unwritable) {
        // Its thread may hang on the disk: it is joined at the end.
        writer_->give_up();
        given_up_.push_back(std::move(writer_));
        return work_in_memory(reason);
    }
    if (!writer_) return work_in_memory(reason);
    writer_->give_up();
    writer_.reset();
    reader_.close();
    complaint = said("The cache was damaged and is built anew.");
    if (move_aside(path_, u"damaged"_s)) return open();
    work_in_memory(reason);
}

void Cache::Impl::change(Writer::Keys keys, int weight, const Change& change) {
    heal();
    ++changes;
    if (writer_) {
        return writer_->put(keys, weight, [change, trimming = trimming_](Database& database) {
            change(database, *trimming);
        });
    }
    reader_.execute(u"BEGIN"_s);
    change(reader_, *trimming_);
    reader_.execute(u"COMMIT"_s);
}

CachedPage Cache::Impl::page(Snowflake channel, const std::function<PageRead(Database&)>& read) {
    if (!is_id(channel)) return {};
    PageRead found = read(ready(channel));
    const bool failed = reader_.trouble() != Database::Trouble::none;
    if (failed) heal();
    if (!failed && !found) {
        change({channel}, 100, [channel](Database& db, Trimming&) { forget_rows(db, channel); });
    }
    return failed || !found ? CachedPage() : std::move(*found);
}

/// For trimming: whose messages go first.
void Cache::Impl::touch(Snowflake channel) {
    if (channel == touched_ || !is_id(channel)) return;
    touched_ = channel;
    change({}, 1, [channel](Database& db, Trimming&) {
        db.run(
            u"INSERT OR REPLACE INTO channels (id, used)"
            u" SELECT ?, coalesce(max(used), 0) + 1 FROM channels"_s,
            {channel});
    });
}

Cache::Cache(const QString& folder, CacheLimits limits)
    : impl_(std::make_unique<Impl>(folder, limits)) {}
Cache::~Cache() = default;

QString Cache::complaint() const {
    impl_->heal();
    const QString& kept = impl_->kept.complaint();
    if (kept.isEmpty() || impl_->complaint.isEmpty()) return kept + impl_->complaint;
    return kept + u'\n' + impl_->complaint;
}

QJsonObject Cache::self() const {
    return object_at(impl_->ready(kSelfKey).query(u"SELECT body FROM self WHERE id=1"_s))
        .value_or(QJsonObject());
}

void Cache::put_self(const QJsonObject& user) {
    impl_->change({kSelfKey}, 1, [user](Database& db, Trimming&) {
        db.run(u"INSERT OR REPLACE INTO self (id, body) VALUES (1,?)"_s, {to_blob(user)});
    });
}

std::vector<CachedGuild> Cache::guilds() const {
    std::vector<CachedGuild> guilds;
    Rows rows =
        impl_->ready(kGuildsKey)
            .query(u"SELECT id, name, icon FROM guilds ORDER BY id LIMIT ?"_s, {kGuildsReadMax});
    while (rows.next()) guilds.push_back({rows.id(0), rows.text(1), rows.text(2), false});
    return guilds;
}

QJsonObject Cache::guild(Snowflake guild) const {
    return object_at(impl_->ready(guild).query(u"SELECT body FROM guilds WHERE id=?"_s, {guild}))
        .value_or(QJsonObject());
}

void Cache::put_guild(Snowflake guild, const QJsonObject& object) {
    if (!is_id(guild)) return;
    impl_->change({kGuildsKey, guild}, 10, [guild, object](Database& db, Trimming&) {
        write_guild(db, guild, object);
    });
}

void Cache::put_guild(Snowflake guild,
                      const QJsonObject& object,
                      const QJsonArray& members,
                      bool whole) {
    if (!is_id(guild)) return;
    // Far lighter than as many single changes: READY brings some hundred of each of 200 guilds.
    const int weight = 10 + int(std::min<qsizetype>(members.size() / 4, kMembersWeightMax));
    impl_->change({kGuildsKey, guild}, weight, [=](Database& db, Trimming& trimming) {
        write_guild(db, guild, object);
        if (whole) db.run(u"DELETE FROM members WHERE guild=?"_s, {guild});
        for (const QJsonValue item : members) {
            const QJsonObject member = item.toObject();
            const Snowflake user = id_of(object_of(member, "user"_L1), "id"_L1);
            if (!is_id(user)) continue;
            write_member(db, guild, user, member);
            trimming.added_member(db, guild);
        }
    });
}

void Cache::edit_guild(Snowflake guild, const Edit& edit) {
    if (!is_id(guild)) return;
    impl_->change({kGuildsKey, guild}, 10, [guild, edit](Database& db, Trimming&) {
        auto object = object_at(db.query(u"SELECT body FROM guilds WHERE id=?"_s, {guild}));
        if (!object) return;
        edit(*object);
        write_guild(db, guild, std::move(*object));
    });
}

void Cache::remove_guild(Snowflake guild) {
    impl_->change({kGuildsKey, guild}, 100, [guild](Database& db, Trimming&) {
        db.run(u"DELETE FROM guilds WHERE id=?"_s, {guild});
        db.run(u"DELETE FROM members WHERE guild=?"_s, {guild});
    });
}

std::vector<QJsonObject> Cache::private_channels() const {
    return objects_of(impl_->ready(kPrivateKey)
                          .query(u"SELECT body FROM private_channels ORDER BY id LIMIT 1000"_s));
}

void Cache::put_private_channel(Snowflake channel, const QJsonObject& object) {
    if (!is_id(channel)) return;
    impl_->change({kPrivateKey}, 1, [channel, object](Database& db, Trimming&) {
        db.run(u"INSERT OR REPLACE INTO private_channels (id, body) VALUES (?,?)"_s,
               {channel, to_blob(object)});
    });
}

void Cache::remove_private_channel(Snowflake channel) {
    impl_->change({kPrivateKey}, 1, [channel](Database& db, Trimming&) {
        db.run(u"DELETE FROM private_channels WHERE id=?"_s, {channel});
    });
}

std::vector<QJsonObject> Cache::members(Snowflake guild, int limit) const {
    return objects_of(impl_->ready(guild).query(
        u"SELECT body FROM members WHERE guild=? ORDER BY seen DESC LIMIT ?"_s,
        {guild, std::clamp(limit, 0, kMembersReadMax)}));
}

QJsonObject Cache::member(Snowflake guild, Snowflake user) const {
    return object_at(impl_->ready(guild).query(
                         u"SELECT body FROM members WHERE guild=? AND user=?"_s, {guild, user}))
        .value_or(QJsonObject());
}

void Cache::put_member(Snowflake guild, Snowflake user, const QJsonObject& member) {
    if (!is_id(guild) || !is_id(user)) return;
    impl_->change({guild}, 1, [guild, user, member](Database& db, Trimming& trimming) {
        write_member(db, guild, user, member);
        trimming.added_member(db, guild);
    });
}

void Cache::remove_member(Snowflake guild, Snowflake user) {
    impl_->change({guild}, 1, [guild, user](Database& db, Trimming&) {
        db.run(u"DELETE FROM members WHERE guild=? AND user=?"_s, {guild, user});
    });
}

CachedPage Cache::newest(Snowflake channel, int limit) const {
    CachedPage page =
        impl_->page(channel, [=](Database& db) { return read_newest(db, channel, limit); });
    impl_->touch(channel);
    return page;
}

CachedPage Cache::before(Snowflake channel, Snowflake from, int limit) const {
    const Snowflake top = std::min(from, kIdMax);
    return impl_->page(channel, [=](Database& db) { return read_before(db, channel, top, limit); });
}

CachedPage Cache::after(Snowflake channel, Snowflake from, int limit) const {
    const Snowflake bottom = std::min(from, kIdMax - 1);
    return impl_->page(channel,
                       [=](Database& db) { return read_after(db, channel, bottom, limit); });
}

CachedPage Cache::around(Snowflake channel, Snowflake at, int limit) const {
    const Snowflake middle = std::min(at, kIdMax);
    return impl_->page(channel,
                       [=](Database& db) { return read_around(db, channel, middle, limit); });
}

void Cache::put_page(Snowflake channel,
                     Snowflake oldest,
                     Snowflake newest,
                     const QJsonArray& messages) {
    if (newest > kIdMax) {
        newest = 0;
        for (const auto& message : messages) {
            const Snowflake id = id_of(message.toObject(), "id"_L1);
            if (id <= kIdMax) newest = std::max(newest, id);
        }
    }
    if (!is_id(channel) || !is_id(newest) || oldest > newest) return;
    if (messages.size() > kPageMessagesMax) return;
    const IdRange range{oldest, newest};
    impl_->change({channel}, int(messages.size()) + 1, [=](Database& db, Trimming& trimming) {
        keep_page(db, channel, range, messages);
        trimming.added(db, channel, int(messages.size()));
    });
}

void Cache::put_message(Snowflake channel, const QJsonObject& message, bool continues) {
    put_next_message(channel, message, continues ? 1 : 0);
}

void Cache::put_next_message(Snowflake channel, const QJsonObject& message, Snowflake previous) {
    if (!is_id(channel)) return;
    impl_->change({channel}, 1, [=](Database& db, Trimming& trimming) {
        keep_message(db, channel, message, previous);
        trimming.added(db, channel, 1);
    });
}

void Cache::update_message(Snowflake channel, const QJsonObject& message) {
    if (!is_id(channel)) return;
    impl_->change({channel}, 1, [=](Database& db, Trimming&) { update_row(db, channel, message); });
}

void Cache::edit_message(Snowflake channel, Snowflake message, const Edit& edit) {
    if (!is_id(channel) || !is_id(message)) return;
    impl_->change(
        {channel}, 1, [=](Database& db, Trimming&) { edit_row(db, channel, message, edit); });
}

void Cache::remove_messages(Snowflake channel, const std::vector<Snowflake>& ids) {
    if (!is_id(channel)) return;
    impl_->change({channel},
                  int(std::min<std::size_t>(ids.size(), 1'000)),
                  [=](Database& db, Trimming&) { remove_rows(db, channel, ids); });
}

void Cache::forget_channel(Snowflake channel) {
    impl_->change({channel}, 100, [channel](Database& db, Trimming&) { forget_rows(db, channel); });
}

std::vector<CachedHit> Cache::search(const QString& words,
                                     const std::vector<Snowflake>& channels,
                                     Snowflake author,
                                     Snowflake below,
                                     int limit) const {
    return search_messages(impl_->ready_all(), {words, channels, author, below, limit});
}

std::vector<CachedReadState> Cache::read_states() const { return impl_->kept.read_states(); }
void Cache::put_read_state(const CachedReadState& state) { impl_->kept.put_read_state(state); }
void Cache::put_read_states(const std::vector<CachedReadState>& states) {
    impl_->kept.put_read_states(states);
}
void Cache::remove_read_state(Snowflake channel) { impl_->kept.remove_read_state(channel); }

QString Cache::draft(Snowflake channel) const { return impl_->kept.draft(channel); }
void Cache::put_draft(Snowflake channel, const QString& text) {
    impl_->kept.put_draft(channel, text);
}
std::vector<Snowflake> Cache::drafts() const { return impl_->kept.drafts(); }
std::vector<Unsent> Cache::unsent() const { return impl_->kept.unsent(); }
qint64 Cache::put_unsent(const Unsent& message) { return impl_->kept.put_unsent(message); }
void Cache::fail_unsent(qint64 key, const QString& error) { impl_->kept.fail_unsent(key, error); }
void Cache::remove_unsent(qint64 key) { impl_->kept.remove_unsent(key); }

QString Cache::note(Snowflake user) const { return impl_->kept.note(user); }
bool Cache::put_note(Snowflake user, const QString& text) {
    return impl_->kept.put_note(user, text);
}
QJsonValue Cache::setting(const QString& name) const { return impl_->kept.setting(name); }
bool Cache::put_setting(const QString& name, const QJsonValue& value) {
    return impl_->kept.put_setting(name, value);
}

quint64 Cache::changes_put() const { return impl_->changes + impl_->kept.changes_put(); }
void Cache::flush() { impl_->flush(); }

void Cache::trim() {
    impl_->change({}, 100, [](Database& db, Trimming& trimming) { trimming.trim_all(db); });
}

}  // namespace guildhall::client
