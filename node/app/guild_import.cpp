// import_guild(): reads a file that anybody may have written. Everything goes into the database in
// one transaction, which is not committed unless all of it holds.
#include "federation/command_call.h"
#include "federation/evidence.h"
#include "federation/guild_keys.h"
#include "federation/hosting_chain.h"
#include "federation/merkle.h"
#include "federation/no_nodes.h"
#include "federation/profile.h"
#include "node/app/archive.h"
#include "node/app/data.h"
#include "node/app/fault.h"
#include "node/app/guild_file.h"
#include "node/journal/log_writer.h"
#include "node/store/sqlite_db.h"
#include "node/store/tables/evidence.h"
#include "node/store/tables/guild_secrets.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/peers.h"
#include "node/store/tables/secrets.h"
#include "node/store/tables/users.h"
#include "protocol/content.h"
#include "protocol/event_codec.h"
#include "protocol/event_kinds.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

namespace guildhall::app {
namespace {

namespace f = federation;
namespace fs = std::filesystem;
namespace hosting = store::hosting;
using journal::Incoming;
using protocol::Event;
using protocol::GuildId;
using protocol::Result;
using protocol::Status;

// Read at a time from a log; the largest entry is far smaller.
constexpr std::size_t kChunkBytes = 1 << 20;
constexpr std::size_t kRecordBytesMax = 512 * 1024;

/// One log of the file, entry by entry, with the tree that they make.
class LogPart {
  public:
    LogPart(std::string path, std::uint64_t id) : path_(std::move(path)), id_(id) {}

    /// The next entry; null at the end. Its place, body and command are checked.
    Result<const Incoming*> peek() {
        if (next_) return &*next_;
        TRY(const bool more, fill());
        if (!more) return static_cast<const Incoming*>(nullptr);
        TRY(next_, read_one());
        return &*next_;
    }
    Incoming pop() {
        tree_.append(f::leaf_hash(next_->header));
        Incoming out = std::move(*next_);
        next_.reset();
        return out;
    }
    std::uint64_t id() const { return id_; }
    const f::Frontier& tree() const { return tree_; }

  private:
    protocol::Error bad(const std::string& what) const {
        return fault("log " + std::to_string(id_) + " entry " + std::to_string(tree_.size()) +
                     ": " + what);
    }

    /// At least one record, if the log has one.
    Result<bool> fill() {
        if (buffer_.size() - at_ >= kRecordBytesMax || ended_) return at_ < buffer_.size();
        buffer_.erase(0, at_);
        at_ = 0;
        std::ifstream in(path_, std::ios::binary);
        in.seekg(static_cast<std::streamoff>(offset_));
        std::string more(kChunkBytes, '\0');
        in.read(more.data(), static_cast<std::streamsize>(more.size()));
        more.resize(static_cast<std::size_t>(in.gcount()));
        if (in.bad()) return fault("cannot read " + path_);
        ended_ = more.size() < kChunkBytes;
        offset_ += more.size();
        buffer_ += more;
        return !buffer_.empty();
    }

    Result<Incoming> read_one() {
        f::ByteReader in(f::ByteView(std::string_view(buffer_).substr(at_)));
        const auto header = f::decode_entry_header(in.take(f::kEntryHeaderBytes));
        Incoming out;
        for (std::string* part : {&out.body, &out.command}) {
            const auto size = in.get<std::uint32_t>();
            if (size > kRecordBytesMax / 2) return bad("is too large");
            *part = in.take(size).text();
        }
        if (!header || in.failed()) return bad("cannot be read");
        out.header = *header;
        at_ += f::kEntryHeaderBytes + 8 + out.body.size() + out.command.size();
        if (header->log_id != id_ || header->seq != tree_.size()) return bad("is out of sequence");
        if (!out.body.empty() && f::body_hash(f::ByteView(out.body)) != header->body_hash)
            return bad("its body does not match its hash");
        if (out.body.empty() && id_ <= f::kAdminLog) return bad("its body is missing");
        return out;
    }

    const std::string path_;
    const std::uint64_t id_;
    std::string buffer_;
    std::size_t at_ = 0;
    std::uint64_t offset_ = 0;
    bool ended_ = false;
    std::optional<Incoming> next_;
    f::Frontier tree_;
};

class Importer {
  public:
    Importer(store::Tx& tx, const journal::Identity& identity, std::string parts)
        : tx_(tx), identity_(identity), parts_(std::move(parts)), writer_(identity, clock_, rng_) {}

    Result<GuildFileReport> run() {
        TRY_VOID(read_genesis());
        TRY_VOID(hosting::put(tx_,
                              {.guild = report_.guild,
                               .uid = std::string(uid_.text()),
                               .host_uid = std::string(born_.host_uid.text()),
                               .role = hosting::Role::mirrored}));
        TRY_VOID(read_logs());
        TRY_VOID(read_chain());
        TRY_VOID(check_heads());
        TRY_VOID(check_owner_and_subject());
        TRY_VOID(put_people());
        TRY_VOID(finish());
        return report_;
    }

  private:
    std::string part(const std::string& name) const { return parts_ + "/" + name; }

    Status read_genesis() {
        TRY(genesis_, read_part(part("guild/genesis")));
        const auto stored = f::decode_signed_genesis(f::ByteView(genesis_));
        const auto verified = stored ? f::verify(*stored) : std::nullopt;
        const auto* born = verified ? std::get_if<f::GuildGenesis>(&*verified) : nullptr;
        if (!born) return fault("the guild's genesis does not hold");
        born_ = *born;
        uid_ = f::uid_of(stored->bytes);
        const auto id = f::derived_id(uid_, born_.created_ms);
        if (!id) return fault("the guild's genesis has an impossible time");
        report_.guild = protocol::id_cast<GuildId>(*id);
        TRY(const auto known, hosting::find(tx_, report_.guild));
        if (known) return fault("the guild is here already");
        if (auto claimed = store::users::claim_id(tx_, *id, uid_.text(), genesis_); !claimed)
            return fault("another guild has this one's id here");
        return {};
    }

    Status put_people() {
        TRY(const std::string packed, read_part(part("guild/users")));
        const auto users = unpack(packed);
        if (!users) return fault("the list of users cannot be read");
        for (const std::string& bytes : *users) {
            const auto user = decode_user_record(bytes);
            if (!user) return fault("a user cannot be read");
            TRY_VOID(put_person(*user));
        }
        return {};
    }

    /// People that this node knows stay as it knows them. Others look as the file says, which
    /// nobody signed, until their homes say more; who they are is proved, or not said.
    Status put_person(const UserRecord& record) {
        const protocol::UserId id(record.id);
        TRY(const auto known, store::users::find(tx_, id));
        if (known) return {};
        if (!f::Hash32::from(record.home_uid)) return fault("a user without a home");
        const bool is_own = record.home_uid == identity_.uid.text();
        if (is_own && record.uid.empty()) return fault("a user of this node without keys");
        if (!record.uid.empty()) TRY_VOID(prove(record));
        protocol::User user;
        user.id = id;
        user.uid = record.uid;
        user.bot = record.bot;
        user.deleted = record.deleted;
        if (!is_own) user.home_uid = record.home_uid;
        user.username = name_of(record, is_own);
        f::Profile shown{.user_id = record.id, .username = "someone"};
        shown.global_name = record.global_name;
        shown.avatar = record.avatar;
        if (f::is_valid(shown)) {
            user.global_name = record.global_name;
            user.avatar = record.avatar;
        }
        const auto put = store::users::put(tx_, user);
        if (put) return {};
        // The name is taken; the account is the same all the same.
        user.username = id.str() + user.username.substr(
                                       std::min(user.username.find('@'), user.username.size()));
        return store::users::put(tx_, user);
    }

    /// alice@node, or alice for a user of this node; the id in place of what is no name.
    static std::string name_of(const UserRecord& record, bool is_own) {
        const std::string id = std::to_string(record.id);
        const std::size_t at = record.username.find('@');
        const std::string local = record.username.substr(0, at);
        if (is_own) return protocol::is_valid_username(local) ? local : id;
        const std::string label = at == std::string::npos ? "" : record.username.substr(at + 1);
        const auto name = f::remote_name(local, label);
        if (name) return *name;
        const bool has_label = f::normal_node_name(label) == label;
        const std::string unproved = f::to_hex(record.home_uid).substr(0, 16) + ".invalid";
        return id + "@" + (has_label ? label : unproved);
    }

    /// By the genesis, by the guild's log, or by what the home signed.
    Status prove(const UserRecord& record) {
        const auto uid = f::Hash32::from(record.uid);
        const protocol::Snowflake id(record.id);
        if (!uid || f::derived_id(*uid, id.created_ms()) != id)
            return fault("a user's id is not of the uid");
        if (!record.genesis.empty()) return claim(record, record.genesis);
        if (const auto* shown = state_.identities.find(record.uid))
            return claim(record, shown->genesis);
        const auto profile = f::decode_signed_profile(f::ByteView(record.profile));
        const auto said = profile ? f::decode_profile(profile->bytes) : std::nullopt;
        const auto signs = [&](const f::PublicKey& key) {
            return f::verify_profile(*profile, key).has_value();
        };
        if (!said || said->user_id != record.id || said->user_uid != *uid ||
            said->home_uid.text() != record.home_uid || !any_key_of(said->home_uid, signs))
            return fault("nothing proves a user's uid");
        return store::users::claim_id(tx_, id, record.uid, {});
    }

    bool any_key_of(const f::Hash32& node,
                    protocol::FunctionRef<bool(const f::PublicKey&)> check) const {
        if (const auto* chain = keys_.find(node); chain && chain->any_key(check)) return true;
        const auto at = nodes_.find(node);
        return at != nodes_.end() && at->second.any_key(check);
    }

    Status claim(const UserRecord& record, const std::string& genesis) {
        const auto stored = f::decode_signed_genesis(f::ByteView(genesis));
        const auto verified = stored ? f::verify(*stored) : std::nullopt;
        const auto* born = verified ? std::get_if<f::UserGenesis>(&*verified) : nullptr;
        const auto id =
            born ? f::derived_id(f::uid_of(stored->bytes), born->created_ms) : std::nullopt;
        if (!id || id->value != record.id || f::uid_of(stored->bytes).text() != record.uid)
            return fault("a user's genesis does not hold");
        return store::users::claim_id(tx_, *id, record.uid, genesis);
    }

    Status read_logs() {
        std::vector<std::unique_ptr<LogPart>> others;
        std::unique_ptr<LogPart> control;
        std::error_code ec;
        for (const auto& file : fs::directory_iterator(part("logs"), ec)) {
            const std::string name = file.path().filename().string();
            const auto id = protocol::parse_id<protocol::Snowflake>(name);
            if (!id && name != "0") return fault("a log has the name " + name);
            const std::uint64_t log = id ? id->value : 0;
            auto made = std::make_unique<LogPart>(file.path().string(), log);
            (log == f::kControlLog ? control : others.emplace_back()) = std::move(made);
        }
        if (!control) return fault("there is no control log");
        std::erase(others, nullptr);
        for (;;) {
            TRY(const Incoming* next, control->peek());
            if (!next) break;
            TRY_VOID(take(*control));
            for (const auto& log : others) TRY_VOID(take_while(*log));
        }
        trees_.emplace(control->id(), control->tree());
        for (const auto& log : others) {
            TRY(const Incoming* next, log->peek());
            if (next) return fault("an entry was decided under a control log that is not here");
            trees_.emplace(log->id(), log->tree());
        }
        return {};
    }

    Status take_while(LogPart& log) {
        for (;;) {
            TRY(const Incoming* next, log.peek());
            if (!next || next->header.control_seq > state_.control_size) return {};
            TRY_VOID(take(log));
        }
    }

    Status take(LogPart& log) {
        Incoming entry = log.pop();
        ++report_.entries;
        std::optional<Event> event;
        if (!entry.body.empty()) {
            const auto bytes = f::event_of_body(f::ByteView(entry.body));
            if (!bytes) return fault("an entry's body is too short");
            entry.opaque = !protocol::is_known(entry.header.kind);
            if (entry.opaque && !protocol::is_event_of(bytes->text(), entry.header.kind))
                return fault("an entry's event cannot be read");
            if (!entry.opaque) {
                TRY(event, protocol::decode_event(bytes->text()));
            }
            if (event && !f::check_header(entry.header, *event).text.empty())
                return fault("an entry's header is of another event");
        }
        TRY_VOID(check_command(entry));
        const bool channel = log.id() > f::kAdminLog;
        entry.late = channel && !state_.channels.find(protocol::ChannelId(log.id()));
        if (event && !entry.late) entry.event = &*event;
        TRY(const std::string head, head_of(log.id()));
        const f::EntryHeader header = entry.header;
        const bool opaque = entry.opaque;
        journal::IncomingLog incoming{report_.guild, uid_, log.id(), head, {}, {}};
        incoming.entries.push_back(std::move(entry));
        TRY_VOID(writer_.follow(tx_, incoming));
        if (opaque && log.id() == f::kControlLog) ++state_.control_size;
        if (!event || channel) return {};
        protocol::apply(state_, *event);
        if (log.id() == f::kControlLog) TRY_VOID(note(header, *event));
        return {};
    }

    /// What the control log says of keys and hosts.
    Status note(const f::EntryHeader& header, const Event& event) {
        if (const auto* identity = std::get_if<protocol::IdentityAdded>(&event))
            TRY_VOID(keys_.add(*identity, state_.control_size, header.ts_ms));
        if (auto policy = f::policy_of(state_.hosting)) policies_[state_.control_size] = *policy;
        return {};
    }

    Status check_command(const Incoming& entry) {
        if (entry.command.empty()) return {};
        const auto call = f::read_command(f::ByteView(entry.command));
        if (!call) return fault("a command cannot be read");
        const f::CommandFacts facts = call->facts();
        if (facts.hash != entry.header.command_hash || facts.guild_uid != uid_)
            return fault("an entry has the command of another");
        if (keys_.origin_key(facts, entry.header.control_seq) == f::OriginKey::valid) return {};
        return fault("a command's signature does not hold");
    }

    Result<std::string> head_of(std::uint64_t log) {
        const auto known = heads_.find(log);
        if (known != heads_.end()) return known->second;
        TRY(auto head, read_part(part("heads/" + std::to_string(log))));
        heads_[log] = head;
        return head;
    }

    Status read_key_logs() {
        TRY(const std::string packed, read_part(part("guild/key-logs")));
        const auto logs = unpack(packed);
        if (!logs) return fault("the key logs cannot be read");
        for (const std::string& bytes : *logs) {
            const auto log = f::decode_key_log(f::ByteView(bytes));
            auto chain = log ? f::KeyChain::from(*log, {}, f::kNoNodes)
                             : Result<f::KeyChain>(fault("a key log cannot be read"));
            if (chain) nodes_.emplace(chain->uid(), std::move(*chain));
        }
        return {};
    }

    std::optional<f::PublicKey> key(const f::Hash32& uid, std::uint32_t seq) const {
        if (auto known = keys_.key(uid, seq)) return known;
        const auto at = nodes_.find(uid);
        return at == nodes_.end() ? std::nullopt : at->second.signing_key_at(seq);
    }

    Status read_chain() {
        TRY_VOID(read_key_logs());
        chain_.emplace(born_, uid_);
        TRY(const std::string packed, read_part(part("guild/certificates")));
        const auto certificates = unpack(packed);
        if (!certificates) return fault("the certificates cannot be read");
        const auto keys = [this](const f::Hash32& uid, std::uint32_t seq) { return key(uid, seq); };
        const auto policy = [this](std::uint64_t size) -> std::optional<f::HostingPolicy> {
            auto at = policies_.upper_bound(size);
            if (at == policies_.begin()) return std::nullopt;
            return std::prev(at)->second;
        };
        for (const std::string& bytes : *certificates) {
            const auto read = f::read_certificate(f::ByteView(bytes));
            if (!read) return fault("a hosting certificate cannot be read");
            const auto& [complete, said] = *read;
            const auto step = chain_->accept(complete, said.ts_ms, keys, policy);
            if (!step) return fault("a hosting certificate does not hold: " + step.error().message);
            TRY_VOID(hosting::put_certificate(tx_, report_.guild, {said.epoch, bytes}));
        }
        return {};
    }

    bool is_signed_by_host(const f::SignedHead& head) const {
        const auto host = chain_->host_at(head.head.epoch);
        if (!host) return false;
        const auto signs = [&](const f::PublicKey& key) { return f::verify(head, key); };
        return any_key_of(*host, signs);
    }

    Status check_heads() {
        for (const auto& [log, tree] : trees_) {
            ++report_.logs;
            const std::string name = "log " + std::to_string(log);
            TRY(const std::string bytes, head_of(log));
            const auto head = f::decode_signed_head(f::ByteView(bytes));
            if (!head) return fault(name + ": its head cannot be read");
            if (head->head.guild_uid != uid_ || head->head.log_id != log ||
                head->head.size != tree.size() || head->head.root != tree.root())
                return fault(name + ": its head is not of these entries");
            if (!is_signed_by_host(*head))
                return fault(name + ": no host of the guild signed its head");
        }
        return {};
    }

    Status check_owner_and_subject() {
        if (state_.guild.uid != uid_.text() || state_.guild.id != report_.guild)
            return fault("the log is of another guild than the genesis");
        return {};
    }

    Status finish() {
        TRY_VOID(writer_.sign_heads(tx_));
        const f::HostSeatInfo& seat = chain_->present();
        report_.hosted = seat.host_uid == identity_.uid;
        // A host that has lost what it wrote since begins an epoch of its own when it starts.
        TRY_VOID(hosting::put(
            tx_,
            {.guild = report_.guild,
             .uid = std::string(uid_.text()),
             .epoch = seat.epoch + (report_.hosted ? 1 : 0),
             .host_uid = std::string(seat.host_uid.text()),
             .host_name = state_.hosting.hostName,
             .role = report_.hosted ? hosting::Role::hosted : hosting::Role::mirrored}));
        TRY_VOID(put_evidence());
        TRY_VOID(know_hosts());
        if (!fs::exists(part("guild/root-key"))) return {};
        TRY(const std::string key, read_part(part("guild/root-key")));
        const auto seed = f::Seed::from(std::string_view(key));
        if (!seed || f::SecretKey::from_seed(*seed).public_key() != born_.root_key)
            return fault("the root key is another guild's");
        return store::secrets::put(tx_, store::secrets::root_name(report_.guild), key);
    }

    /// Whoever checks a head later needs the keys of the host that signed it.
    Status know_hosts() {
        for (const auto& [log, bytes] : heads_) {
            const auto head = f::decode_signed_head(f::ByteView(bytes));
            const auto host = head ? chain_->host_at(head->head.epoch) : std::nullopt;
            const auto known = host ? nodes_.find(*host) : nodes_.end();
            if (known == nodes_.end() || *host == identity_.uid) continue;
            TRY(const auto peer, store::peers::find(tx_, host->text()));
            if (peer) continue;
            const f::KeyLog keys = known->second.log();
            const bool present = *host == chain_->present().host_uid;
            TRY_VOID(store::peers::put(
                tx_,
                {.uid = std::string(host->text()),
                 .genesis = keys.genesis,
                 .key_events = f::encode(keys),
                 .endpoints = present ? state_.hosting.endpoints : std::vector<std::string>(),
                 .first_seen_ms = clock_.unix_ms(),
                 .last_seen_ms = clock_.unix_ms()}));
        }
        return {};
    }

    Status put_evidence() {
        TRY(const std::string packed, read_part(part("guild/evidence")));
        const auto all = unpack(packed);
        if (!all) return fault("the evidence cannot be read");
        for (const std::string& bytes : *all) {
            const auto evidence = f::decode_evidence(f::ByteView(bytes));
            if (!evidence || !f::check(*evidence)) return fault("evidence does not hold");
            TRY_VOID(store::evidence::add(tx_,
                                          {.guild = report_.guild,
                                           .kind = static_cast<std::uint8_t>(evidence->kind),
                                           .statements = bytes,
                                           .ts_ms = clock_.unix_ms()}));
        }
        return {};
    }

    store::Tx& tx_;
    const journal::Identity& identity_;
    const std::string parts_;
    base::SystemClock clock_;
    base::SystemRng rng_;
    journal::LogWriter writer_;
    GuildFileReport report_;
    std::string genesis_;
    f::GuildGenesis born_;
    f::Hash32 uid_{};
    protocol::GuildState state_;
    f::GuildKeys keys_;
    /// The policy in force from a control size on.
    std::map<std::uint64_t, f::HostingPolicy> policies_;
    std::map<f::Hash32, f::KeyChain> nodes_;
    std::optional<f::HostingChain> chain_;
    std::map<std::uint64_t, f::Frontier> trees_;
    std::map<std::uint64_t, std::string> heads_;
};

}  // namespace

Result<GuildFileReport> import_guild(const std::string& file, const std::string& folder) {
    if (!f::init_crypto()) return fault("libsodium cannot start");
    store::SqliteDbOptions options{.folder = folder};
    options.migrations = store::schema::migrations();
    TRY(const auto db, store::SqliteDb::open(options));
    const std::string parts = folder + "/import";
    std::error_code ec;
    fs::remove_all(parts, ec);
    fs::create_directories(parts, ec);
    GuildFileReport report;
    const auto work = [&](store::Tx& tx) -> Status {
        base::SystemClock clock;
        base::SystemRng rng;
        TRY(const auto identity, journal::load_or_make_identity(tx, clock, rng));
        Importer importer(tx, identity, parts);
        TRY(report, importer.run());
        TRY_VOID(take_files(parts, folder, report));
        return count_missing_files(tx, folder, report);
    };
    Status done = read_archive(file, parts, ArchiveSeal::hash);
    if (done) done = write_and_wait(*db, work);
    db->stop();
    fs::remove_all(parts, ec);
    if (!done) return done.error();
    return report;
}

}  // namespace guildhall::app
