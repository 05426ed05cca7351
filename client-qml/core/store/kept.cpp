#include "client-qml/core/store/kept.h"

#include "client-qml/core/store/aside.h"
#include "client-qml/core/store/blob.h"
#include "client-qml/core/store/ranges.h"
#include "client-qml/core/store/schema.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

// A person has tens of drafts and a handful of unsent messages; the bounds keep a broken caller or
// a made-up file from eating memory.
constexpr qsizetype kDraftsMax = 2'000, kDraftMax = 64 << 10;
constexpr std::size_t kUnsentMax = 1'000;
constexpr qsizetype kSettingsMax = 1'000, kReadStatesMax = 100'000, kBytesMax = 1 << 20;
constexpr qsizetype kNotesMax = 20'000,
                    kNoteMax = 4'000;  // of everybody in a few guilds, and a page
constexpr quint64 kSoonKey = 1;
constexpr QLatin1StringView kNoteSetting("note_");  // where notes were kept before

/// Whom a setting of an earlier version is the note of; 0: it is none.
Snowflake noted_user(const QString& setting) {
    return setting.startsWith(kNoteSetting)
               ? snowflake(QStringView(setting).mid(kNoteSetting.size()))
               : 0;
}

bool is_id(Snowflake id) { return id != 0 && id <= kIdMax; }

QString said(const char* text) { return QCoreApplication::translate("Cache", text); }

QByteArray files_text(const QStringList& files) {
    return QJsonDocument(QJsonArray::fromStringList(files)).toJson(QJsonDocument::Compact);
}

QStringList files_of(const QByteArray& text) {
    QStringList files;
    for (const auto& file : QJsonDocument::fromJson(text).array()) files += file.toString();
    return files;
}

bool write_draft(Database& database, Snowflake channel, const QString& text) {
    return text.isEmpty()
               ? database.run(u"DELETE FROM drafts WHERE channel=?"_s, {channel})
               : database.run(u"INSERT OR REPLACE INTO drafts (channel, text) VALUES (?,?)"_s,
                              {channel, text});
}

bool write_read_state(Database& database, const CachedReadState& state) {
    return database.run(
        u"INSERT OR REPLACE INTO read_states (channel, last_read, mentions, guild, last_message)"
        u" VALUES (?,?,?,?,?)"_s,
        {state.channel, state.last_read, state.mentions, state.guild, state.last_message});
}

bool write_note(Database& database, Snowflake user, const QString& text) {
    return text.isEmpty()
               ? database.run(u"DELETE FROM notes WHERE user=?"_s, {user})
               : database.run(u"INSERT OR REPLACE INTO notes (user, text) VALUES (?,?)"_s,
                              {user, text});
}

bool write_setting(Database& database, const QString& name, const QJsonValue& value) {
    if (value.isUndefined()) return database.run(u"DELETE FROM settings WHERE name=?"_s, {name});
    return database.run(u"INSERT OR REPLACE INTO settings (name, value) VALUES (?,?)"_s,
                        {name, to_blob(QJsonObject{{u"v"_s, value}})});
}

}  // namespace

Kept::Kept(QString folder) : folder_(std::move(folder)), path_(folder_ + u"/kept.sqlite"_s) {
    make_folder(folder_);
    if (open()) return;
    const bool damaged = database_.trouble() == Database::Trouble::damaged || is_blocked(path_);
    database_.close();
    if (damaged && move_aside(path_, u"damaged"_s)) {
        complaint_ = said("The file of drafts was damaged. What could be read of it was saved.");
        salvage(path_ + u".damaged"_s);
        if (open()) {
            save_all();
            return;
        }
        database_.close();
    }
    complaint_ = said("Drafts cannot be saved: the folder of the account cannot be written.");
}

bool Kept::open() {
    database_.clear_trouble();
    if (!database_.open(path_, Database::Sync::full) ||
        bring_up_kept(database_) == SchemaState::failed) {
        return false;
    }
    load(database_);
    if (notes_in_settings_) adopt_notes();
    return database_.trouble() == Database::Trouble::none;
}

/// A row that cannot be read ends its table, not the others.
void Kept::load(Database& database) {
    {
        Rows rows = database.query(u"SELECT channel, text FROM drafts"_s);
        while (drafts_.size() < kDraftsMax && rows.next()) {
            drafts_[rows.id(0)] = rows.text(1).left(kDraftMax);
        }
    }
    {
        Rows rows = database.query(
            u"SELECT key, channel, nonce, body, files, error, made_ms FROM unsent ORDER BY key"_s);
        while (unsent_.size() < kUnsentMax && rows.next()) {
            const auto body = from_blob(rows.bytes(3));
            if (!body) continue;
            const qint64 key = rows.number(0);
            unsent_[key] = {key,
                            rows.id(1),
                            rows.text(2),
                            *body,
                            files_of(rows.bytes(4)),
                            rows.text(5),
                            rows.number(6)};
            last_key_ = std::max(last_key_, key);
        }
    }
    load_settings(database);
    // A damaged file of an earlier version has no guilds beside them.
    const bool is_old = database.number(
                            u"SELECT count(*) FROM pragma_table_info('read_states')"
                            u" WHERE name='last_message'"_s) == 0;
    Rows rows = database.query(is_old ? u"SELECT channel, last_read, mentions, 0, 0"
                                        u" FROM read_states"_s
                                      : u"SELECT channel, last_read, mentions, guild, last_message"
                                        u" FROM read_states"_s);
    while (read_.size() < kReadStatesMax && rows.next()) {
        read_[rows.id(0)] = {rows.id(0), rows.id(1), int(rows.number(2)), rows.id(3), rows.id(4)};
    }
}

/// Notes of an earlier version are rows among the settings; what the table of notes says goes
/// before.
void Kept::load_settings(Database& database) {
    const bool has_notes =
        database.number(u"SELECT count(*) FROM sqlite_master WHERE name='notes'"_s) != 0;
    if (has_notes) {
        Rows rows = database.query(u"SELECT user, text FROM notes"_s);
        while (notes_.size() < kNotesMax && rows.next()) {
            notes_[rows.id(0)] = rows.text(1).left(kNoteMax);
        }
    }
    Rows rows = database.query(u"SELECT name, value FROM settings"_s);
    while (settings_.size() < kSettingsMax && rows.next()) {
        const QString name = rows.text(0);
        const Snowflake user = noted_user(name);
        notes_in_settings_ = notes_in_settings_ || user != 0;
        const auto value = from_blob(rows.bytes(1));
        if (!value) continue;
        if (user == 0) {
            settings_[name] = value->value("v"_L1);
        } else if (is_id(user) && !notes_.contains(user) && notes_.size() < kNotesMax) {
            notes_[user] = value->value("v"_L1).toString().left(kNoteMax);
        }
    }
}

/// All or nothing, so that none is lost between the two tables.
void Kept::adopt_notes() {
    notes_.removeIf([](const auto& one) { return one.value().isEmpty(); });
    bool done = database_.execute(u"BEGIN IMMEDIATE"_s);
    for (auto at = notes_.cbegin(); done && at != notes_.cend(); ++at) {
        done = write_note(database_, at.key(), at.value());
    }
    done = done && database_.execute(u"DELETE FROM settings WHERE name GLOB 'note_[0-9]*'"_s);
    database_.execute(done ? u"COMMIT"_s : u"ROLLBACK"_s);
    notes_in_settings_ = !done;
}

void Kept::salvage(const QString& path) {
    Database damaged;
    if (!is_blocked(path) && damaged.open(path, Database::Sync::normal)) load(damaged);
}

void Kept::save_all() {
    bool done = database_.execute(u"BEGIN IMMEDIATE"_s);
    for (const auto& table :
         {u"drafts"_s, u"unsent"_s, u"notes"_s, u"settings"_s, u"read_states"_s}) {
        done = done && database_.execute(u"DELETE FROM "_s + table);
    }
    for (auto i = drafts_.cbegin(); done && i != drafts_.cend(); ++i) {
        done = write_draft(database_, i.key(), i.value());
    }
    for (const auto& [key, message] : unsent_) done = done && write_unsent(message);
    for (auto i = notes_.cbegin(); done && i != notes_.cend(); ++i) {
        done = write_note(database_, i.key(), i.value());
    }
    for (auto i = settings_.cbegin(); done && i != settings_.cend(); ++i) {
        done = write_setting(database_, i.key(), i.value());
    }
    for (const CachedReadState& state : read_) done = done && write_read_state(database_, state);
    database_.execute(done ? u"COMMIT"_s : u"ROLLBACK"_s);
}

/// After a write that failed: a damaged file is begun anew from memory; a full disk may have room
/// the next time.
void Kept::mend() {
    const bool damaged = database_.trouble() == Database::Trouble::damaged;
    complaint_ = said("Drafts and unsent messages could not be saved: %1").arg(database_.reason());
    soon_.reset();
    database_.close();
    if (damaged) move_aside(path_, u"damaged"_s);
    is_usable();
}

bool Kept::is_usable() {
    if (database_.is_open() && database_.trouble() == Database::Trouble::none) return true;
    database_.clear_trouble();
    make_folder(folder_);
    if (!database_.open(path_, Database::Sync::full) ||
        bring_up_kept(database_) != SchemaState::ready) {
        database_.close();
        return false;
    }
    save_all();
    if (database_.trouble() != Database::Trouble::none) {
        database_.close();
        return false;
    }
    complaint_.clear();
    return true;
}

void Kept::put_draft(Snowflake channel, const QString& text) {
    if (!is_id(channel) || drafts_.value(channel) == text) return;
    if (text.isEmpty()) {
        drafts_.remove(channel);
    } else if (drafts_.contains(channel) || drafts_.size() < kDraftsMax) {
        drafts_[channel] = text.left(kDraftMax);
    }
    if (is_usable() && !write_draft(database_, channel, drafts_.value(channel))) mend();
}

std::vector<Snowflake> Kept::drafts() const {
    std::vector<Snowflake> channels(drafts_.keyBegin(), drafts_.keyEnd());
    std::ranges::sort(channels);
    return channels;
}

std::vector<Unsent> Kept::unsent() const {
    std::vector<Unsent> messages;
    messages.reserve(unsent_.size());
    for (const auto& [key, message] : unsent_) messages.push_back(message);
    return messages;
}

bool Kept::write_unsent(const Unsent& message) {
    return database_.run(
        u"INSERT OR REPLACE INTO unsent"
        u" (key, channel, nonce, body, files, error, made_ms)"
        u" VALUES (?,?,?,?,?,?,?)"_s,
        {message.key,
         message.channel,
         message.nonce,
         to_blob(message.body),
         files_text(message.files),
         message.error,
         message.made_ms});
}

qint64 Kept::put_unsent(Unsent message) {
    const qsizetype bytes = QJsonDocument(message.body).toJson(QJsonDocument::Compact).size() +
                            files_text(message.files).size();
    const bool fits = bytes <= kBytesMax;
    if (!fits || !is_id(message.channel) || unsent_.size() >= kUnsentMax) return 0;
    message.key = ++last_key_;
    unsent_[message.key] = message;
    if (is_usable() && !write_unsent(message)) mend();
    return message.key;
}

void Kept::fail_unsent(qint64 key, const QString& error) {
    const auto found = unsent_.find(key);
    if (found == unsent_.end()) return;
    found->second.error = error;
    if (is_usable() && !write_unsent(found->second)) mend();
}

void Kept::remove_unsent(qint64 key) {
    if (unsent_.erase(key) == 0) return;
    if (is_usable() && !database_.run(u"DELETE FROM unsent WHERE key=?"_s, {key})) mend();
}

bool Kept::put_note(Snowflake user, const QString& text) {
    if (!is_id(user) || text.size() > kNoteMax) return false;
    if (notes_.value(user) == text) return true;
    if (text.isEmpty()) {
        notes_.remove(user);
    } else if (!notes_.contains(user) && notes_.size() >= kNotesMax) {
        return false;
    } else {
        notes_[user] = text;
    }
    if (soon_ && soon_->trouble() != Database::Trouble::none) give_up_writer();
    if (is_usable()) {
        write_soon([user, text](Database& database) { write_note(database, user, text); });
    }
    return true;
}

bool Kept::put_setting(const QString& name, const QJsonValue& value) {
    const auto found = settings_.constFind(name);
    const bool is_new = found == settings_.cend();
    if (is_new ? value.isUndefined() : *found == value) return true;
    if (is_new && settings_.size() >= kSettingsMax) return false;
    if (to_blob(QJsonObject{{u"v"_s, value}}).size() > kBytesMax) return false;
    if (value.isUndefined()) {
        settings_.remove(name);
    } else {
        settings_[name] = value;
    }
    if (soon_ && soon_->trouble() != Database::Trouble::none) give_up_writer();
    if (is_usable()) {
        write_soon([name, value](Database& database) { write_setting(database, name, value); });
    }
    return true;
}

std::vector<CachedReadState> Kept::read_states() const {
    std::vector<CachedReadState> states(read_.cbegin(), read_.cend());
    std::ranges::sort(states, {}, &CachedReadState::channel);
    return states;
}

void Kept::put_read_states(const std::vector<CachedReadState>& states) {
    std::vector<CachedReadState> fit;
    for (const CachedReadState& state : states) {
        if (!is_id(state.channel) || state.last_read > kIdMax) continue;
        if (!read_.contains(state.channel) && read_.size() >= kReadStatesMax) continue;
        read_[state.channel] = state;
        fit.push_back(state);
    }
    if (fit.empty()) return;
    write_soon([fit = std::move(fit)](Database& database) {
        for (const CachedReadState& state : fit) write_read_state(database, state);
    });
}

void Kept::remove_read_state(Snowflake channel) {
    if (read_.remove(channel) == 0) return;
    write_soon([channel](Database& database) {
        database.run(u"DELETE FROM read_states WHERE channel=?"_s, {channel});
    });
}

void Kept::write_soon(Writer::Change change) {
    if (!database_.is_open()) return;
    ++changes_;
    if (!soon_) soon_ = std::make_unique<Writer>(path_, nullptr);
    soon_->put({kSoonKey}, 1, std::move(change));
}

/// What it could not write is in memory, and comes with the next change that can be written.
void Kept::give_up_writer() {
    soon_.reset();
    database_.close();
}

void Kept::flush() {
    if (!soon_) return;
    soon_->flush();
    if (soon_->trouble() == Database::Trouble::none) return;
    give_up_writer();
    is_usable();
}

}  // namespace guildhall::client
