// Every layout of docs/FEDERATION.md, "Bytes that are for ever", against
// tests/golden/federation.txt: one line a value, `name hex`. A difference here means that stored
// logs no longer verify: the file is added to and never changed.

#include "tests/unit/federation/golden.h"

#include "federation/blob_hash.h"
#include "federation/entry.h"
#include "federation/head.h"
#include "federation/id_allocator.h"
#include "federation/key_log.h"
#include "federation/merkle.h"
#include "tests/catch.h"
#include "tests/support/files.h"
#include "tests/unit/federation/log_builder.h"
#include "tests/unit/federation/support.h"

#include <map>
#include <sstream>

namespace guildhall::federation {

using namespace testing;

namespace {

constexpr protocol::UnixMs kNow = 1'700'000'000'123;

using Values = GoldenValues;

template <class Fixed>
Fixed counting(std::uint8_t from) {
    Fixed out;
    for (auto& byte : out) byte = from++;
    return out;
}

void add_log(Values& out) {
    const auto salt = counting<Salt>(0x10);
    const std::string body = make_body(salt, "event bytes");
    EntryHeader header;
    header.kind = 0x0102;
    header.log_id = 0x1112131415161718;
    header.seq = 0x2122232425262728;
    header.ts_ms = kNow;
    header.object_id = 0x3132333435363738;
    header.control_seq = 0x4142434445464748;
    header.body_hash = body_hash(body);
    out.emplace_back("entry.body", body);
    out.emplace_back("entry.header", encode(header));
    out.emplace_back("entry.leaf", leaf_hash(header).text());

    Frontier frontier;
    out.emplace_back("merkle.empty_root", frontier.root().text());
    for (int i = 0; i < 7; ++i) frontier.append(leaf_hash(std::to_string(i)));
    out.emplace_back("merkle.frontier_7", frontier.serialise());
    out.emplace_back("merkle.root_7", frontier.root().text());
    const testing::TreeOf tree(7);
    out.emplace_back("merkle.range_3_5_of_7", encode(tree.range(3, 5)));

    std::vector<Head> heads;
    heads.reserve(3);
    for (std::uint8_t i = 0; i < 3; ++i) {
        heads.push_back({filled(0x70), 2, 2u - i, 100u + i, filled(i), kNow});
    }
    const auto batch = sign_heads(heads, key(0x01));
    out.emplace_back("head.bytes", encode(batch[0].head));
    for (int i = 0; i < 3; ++i) {
        out.emplace_back("head.signed_" + std::to_string(i), encode(batch[i]));
    }
}

void add_identity(Values& out) {
    NodeGenesis node;
    node.created_ms = kNow;
    node.nonce = counting<GenesisNonce>(0x20);
    node.signing_key = key(0x01).public_key();
    node.noise_static = counting<PublicKey>(0x30);
    node.next_key_commit = key_commit(key(0x02).public_key());
    node.rotation_keys = {key(0x03).public_key()};
    const SignedGenesis signed_node = sign(Genesis(node), key(0x01));
    const Hash32 node_uid = uid_of(signed_node.bytes);
    out.emplace_back("genesis.node", encode(signed_node));
    out.emplace_back("genesis.node_uid", node_uid.text());

    UserGenesis user;
    user.created_ms = kNow;
    user.nonce = counting<GenesisNonce>(0x40);
    user.signing_key = key(0x04).public_key();
    user.home_node_uid = node_uid;
    user.next_key_commit = key_commit(key(0x05).public_key());
    const SignedGenesis signed_user = sign(Genesis(user), key(0x04));
    const Hash32 user_uid = uid_of(signed_user.bytes);
    out.emplace_back("genesis.user", encode(signed_user));
    out.emplace_back("genesis.user_id",
                     ByteWriter().put(must(derived_id(user_uid, kNow)).value).take());

    GuildGenesis guild;
    guild.created_ms = kNow;
    guild.nonce = counting<GenesisNonce>(0x50);
    guild.owner_uid = user_uid;
    guild.host_uid = node_uid;
    guild.root_key = key(0x06).public_key();
    const SignedGenesis signed_guild = sign(Genesis(guild), key(0x06));
    const Hash32 guild_uid = uid_of(signed_guild.bytes);
    out.emplace_back("genesis.guild", encode(signed_guild));
    out.emplace_back("genesis.guild_id",
                     ByteWriter().put(must(derived_id(guild_uid, kNow)).value).take());

    IdAllocator ids(guild_uid);
    out.emplace_back("id.first", ByteWriter().put(must(ids.next(kNow, 0x0707)).value).take());

    KeyEvent event;
    event.subject_uid = node_uid;
    event.seq = 1;
    event.prev = node_uid;
    event.ts_ms = kNow + 1;
    event.signing_key = key(0x02).public_key();
    event.target = counting<decltype(event.target)>(0x60);
    event.next_key_commit = key_commit(key(0x07).public_key());
    event.rotation_keys = {key(0x03).public_key()};
    const std::string event_bytes = encode(event);
    out.emplace_back("key_event.bytes", event_bytes);
    out.emplace_back("key_event.signature", key(0x02).sign(Domain::key_event, event_bytes).text());
    out.emplace_back("key_event.hash", hash_of(event).text());
}

void add_blob(Values& out) {
    std::string file(2 * kBlobChunkBytes + 3, 'a');
    const BlobHash hash = hash_blob(file);
    out.emplace_back("blob.file", hash.file.text());
    out.emplace_back("blob.chunk_root", hash.chunk_root.text());
}

}  // namespace

TEST_CASE("the bytes that are for ever are what they were") {
    Values made;
    add_log(made);
    add_identity(made);
    add_blob(made);
    add_statements(made);

    std::map<std::string, std::string> golden;
    std::istringstream file(tests::read_file(tests::source_path("tests/golden/federation.txt"))
                                .value_or(std::string()));
    for (std::string name, hex; file >> name >> hex;) golden[name] = hex;
    for (const auto& [name, bytes] : made) {
        INFO(name << " " << to_hex(bytes));
        CHECK(golden[name] == to_hex(bytes));
    }
    CHECK(golden.size() == made.size());
}

}  // namespace guildhall::federation
