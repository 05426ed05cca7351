// guildhall user move: takes in an account that lived on another node, with what its user kept of
// it: the backup and the phrase. Its guilds are told when the node runs.
#include "node/app/user_move.h"

#include "node/app/fault.h"
#include "node/journal/identity.h"
#include "node/services/recovery.h"
#include "node/store/tables/secrets.h"
#include "node/store/tables/users.h"
#include "protocol/content.h"
#include "protocol/data_uri.h"
#include "protocol/json/reader.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

namespace guildhall::app {
namespace {

namespace f = federation;
using protocol::Result;
using protocol::Status;

/// The answer of POST /users/@me/recovery as it was saved, or the text of its `backup`.
Result<std::string> read_backup(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    const auto json = protocol::parse_json(text);
    const auto* object = json ? json->if_object() : nullptr;
    const auto* backup = object ? object->if_contains("backup") : nullptr;
    if (backup && backup->is_string()) text = std::string(backup->get_string());
    std::erase_if(text, [](char c) { return c == '\n' || c == '\r' || c == ' '; });
    const auto bytes = protocol::decode_base64(text);
    if (!bytes || bytes->empty()) return fault(file + " is no backup of an account");
    return *bytes;
}

struct NewKeys {
    f::Seed signing, next;
};

/// The event that makes this node the account's home, by the key that the phrase gives.
Result<std::string> make_move(f::KeyChain& chain,
                              const f::PhraseEntropy& phrase,
                              const NewKeys& fresh,
                              const journal::Identity& self,
                              protocol::UnixMs now,
                              const services::HomeKeys& homes) {
    const f::SecretKey rotation = f::rotation_key_of(phrase);
    const auto& known = chain.state().rotation_keys;
    const auto at = std::ranges::find(known, rotation.public_key());
    if (at == known.end()) return fault("the account has another recovery phrase now");
    f::KeyEvent event;
    event.subject_uid = chain.uid();
    event.seq = chain.state().seq + 1;
    event.prev = chain.state().last_hash;
    event.ts_ms = now;
    event.signing_key = f::SecretKey::from_seed(fresh.signing).public_key();
    event.target = f::KeyTarget::from(self.uid.text()).value_or(f::KeyTarget{});
    event.next_key_commit = f::key_commit(f::SecretKey::from_seed(fresh.next).public_key());
    event.rotation_keys = known;
    event.recovery = f::Recovery{{}, static_cast<std::uint8_t>(at - known.begin())};
    f::SignedKeyEvent move = f::sign(event, rotation);
    move.consent = f::consent_to_move(f::ByteView(move.bytes), self.key_seq(), self.key);
    std::string stored = f::encode(move);
    TRY(const f::KeyStep step, chain.apply(f::ByteView(stored), {now, 0}, homes));
    if (step != f::KeyStep::added) return fault("the account's keys do not allow a move");
    return stored;
}

}  // namespace

Result<AccountPaper> open_paper(const std::string& file, const std::string& phrase) {
    TRY(const auto entropy, f::parse_phrase(phrase));
    TRY(const auto sealed, read_backup(file));
    const auto opened = f::open_backup(f::ByteView(sealed), f::ByteView(entropy.text()));
    if (!opened) return fault("the phrase does not open this backup");
    auto backup = services::decode_user_backup(*opened);
    if (!backup) return fault("the backup cannot be read");
    return AccountPaper{entropy, std::move(*backup)};
}

Status move_user(store::Tx& tx,
                 const AccountPaper& paper,
                 const std::string& name,
                 const std::string& password_hash,
                 base::Clock& clock,
                 base::Rng& rng) {
    if (!protocol::is_valid_username(name)) return fault("'" + name + "' is not a username");
    TRY(const auto self, journal::load_or_make_identity(tx, clock, rng));
    const services::HomeKeys homes(tx, self);
    const services::UserBackup& backup = paper.backup;
    TRY(auto chain, f::KeyChain::from(backup.log, {}, homes));
    const protocol::UserId id(backup.user);
    if (!chain.is_user() || chain.user_id() != protocol::Snowflake(backup.user))
        return fault("the backup is of another account than its keys");
    TRY(const auto known, store::users::find(tx, id));
    if (known && known->home_uid.empty()) return fault("the account lives here already");

    NewKeys fresh;
    rng.fill(fresh.signing);
    rng.fill(fresh.next);
    f::KeyLog log = backup.log;
    std::vector<services::GuildAddress> told = backup.guilds;
    told.push_back({0, {}, {std::string(chain.home().text())}, {std::string()}});
    TRY(auto event, make_move(chain, paper.phrase, fresh, self, clock.unix_ms(), homes));
    log.events.push_back(std::move(event));

    protocol::User user = known.value_or(protocol::User{});
    user.id = id;
    user.uid = chain.uid().text();
    user.username = name;
    user.global_name = backup.global_name;
    user.bio = backup.bio;
    user.bot = backup.bot;
    user.home_uid.clear();
    user.version = std::max(backup.version, user.version) + 1;
    TRY_VOID(store::users::check_free(tx, id, name, {}));
    TRY_VOID(store::users::claim_id(tx, protocol::Snowflake(id.value), user.uid, log.genesis));
    TRY_VOID(store::users::put(tx, user));
    TRY_VOID(store::users::set_password(tx, id, password_hash));
    TRY_VOID(services::put_user_keys(
        tx, id, log, std::string(fresh.signing.text()) + std::string(fresh.next.text())));
    return store::secrets::put(tx, "user." + id.str() + ".moves", services::encode(told));
}

}  // namespace guildhall::app
