#include "federation/genesis.h"

namespace guildhall::federation {

namespace {

enum class GenesisKind : std::uint8_t { node = 1, user = 2, guild = 3 };

/// Ids hold 41 bits of milliseconds without the sign bit: until 2084.
constexpr std::int64_t kIdMillisecondsEnd = std::int64_t{1} << 41;

template <class Item>
void put_list(ByteWriter& out, const std::vector<Item>& list, std::size_t max) {
    CHECK(list.size() <= max);
    out.put(static_cast<std::uint8_t>(list.size()));
    for (const Item& item : list) out.put(item);
}

/// False for a list that is too long; a list that is too short shows in done().
template <class Item>
bool get_list(ByteReader& in, std::vector<Item>& list, std::size_t max) {
    const auto count = in.get<std::uint8_t>();
    if (count > max) return false;
    for (int i = 0; i < count; ++i) list.push_back(in.get<Item>());
    return true;
}

void put_start(ByteWriter& out,
               GenesisKind kind,
               protocol::UnixMs created_ms,
               const GenesisNonce& nonce) {
    out.put(kGenesisVersion).put(static_cast<std::uint8_t>(kind)).put(created_ms).put(nonce);
}

void put(ByteWriter& out, const NodeGenesis& genesis) {
    put_start(out, GenesisKind::node, genesis.created_ms, genesis.nonce);
    out.put(genesis.signing_key).put(genesis.noise_static).put(genesis.next_key_commit);
    put_list(out, genesis.rotation_keys, kRotationKeysMax);
}

void put(ByteWriter& out, const UserGenesis& genesis) {
    put_start(out, GenesisKind::user, genesis.created_ms, genesis.nonce);
    out.put(genesis.signing_key).put(genesis.home_node_uid).put(genesis.next_key_commit);
    put_list(out, genesis.rotation_keys, kRotationKeysMax);
}

void put(ByteWriter& out, const GuildGenesis& genesis) {
    put_start(out, GenesisKind::guild, genesis.created_ms, genesis.nonce);
    out.put(genesis.format).put(genesis.owner_uid).put(genesis.host_uid).put(genesis.root_key);
    put_list(out, genesis.successors, kSuccessorsMax);
}

std::optional<Genesis> get_node(ByteReader& in) {
    NodeGenesis out;
    out.created_ms = in.get<std::int64_t>();
    out.nonce = in.get<GenesisNonce>();
    out.signing_key = in.get<PublicKey>();
    out.noise_static = in.get<PublicKey>();
    out.next_key_commit = in.get<Hash32>();
    if (!get_list(in, out.rotation_keys, kRotationKeysMax)) return std::nullopt;
    return out;
}

std::optional<Genesis> get_user(ByteReader& in) {
    UserGenesis out;
    out.created_ms = in.get<std::int64_t>();
    out.nonce = in.get<GenesisNonce>();
    out.signing_key = in.get<PublicKey>();
    out.home_node_uid = in.get<Hash32>();
    out.next_key_commit = in.get<Hash32>();
    if (!get_list(in, out.rotation_keys, kRotationKeysMax)) return std::nullopt;
    return out;
}

std::optional<Genesis> get_guild(ByteReader& in) {
    GuildGenesis out;
    out.created_ms = in.get<std::int64_t>();
    out.nonce = in.get<GenesisNonce>();
    out.format = in.get<std::uint16_t>();
    out.owner_uid = in.get<Hash32>();
    out.host_uid = in.get<Hash32>();
    out.root_key = in.get<PublicKey>();
    if (!get_list(in, out.successors, kSuccessorsMax)) return std::nullopt;
    return out;
}

const PublicKey& key_of(const NodeGenesis& genesis) { return genesis.signing_key; }
const PublicKey& key_of(const UserGenesis& genesis) { return genesis.signing_key; }
const PublicKey& key_of(const GuildGenesis& genesis) { return genesis.root_key; }
const PublicKey& key_of(const Genesis& genesis) {
    return std::visit([](const auto& g) -> const PublicKey& { return key_of(g); }, genesis);
}

}  // namespace

Hash32 key_commit(const PublicKey& key) { return blake2b(ByteView(key)); }

std::string encode(const Genesis& genesis) {
    ByteWriter out;
    std::visit([&](const auto& g) { put(out, g); }, genesis);
    return out.take();
}

std::optional<Genesis> decode_genesis(ByteView bytes) {
    ByteReader in(bytes);
    if (in.get<std::uint8_t>() != kGenesisVersion) return std::nullopt;
    std::optional<Genesis> out;
    switch (static_cast<GenesisKind>(in.get<std::uint8_t>())) {
        case GenesisKind::node:
            out = get_node(in);
            break;
        case GenesisKind::user:
            out = get_user(in);
            break;
        case GenesisKind::guild:
            out = get_guild(in);
            break;
    }
    if (!in.done()) return std::nullopt;
    return out;
}

SignedGenesis sign(const Genesis& genesis, const SecretKey& key) {
    CHECK(key_of(genesis) == key.public_key());
    SignedGenesis out;
    out.bytes = encode(genesis);
    out.signature = key.sign(Domain::genesis, ByteView(out.bytes));
    return out;
}

std::optional<Genesis> verify(const SignedGenesis& genesis) {
    std::optional<Genesis> out = decode_genesis(ByteView(genesis.bytes));
    if (!out) return std::nullopt;
    if (!verify(key_of(*out), Domain::genesis, ByteView(genesis.bytes), genesis.signature)) {
        return std::nullopt;
    }
    return out;
}

std::string encode(const SignedGenesis& genesis) {
    return ByteWriter().put(genesis.signature).put(ByteView(genesis.bytes)).take();
}

std::optional<SignedGenesis> decode_signed_genesis(ByteView bytes) {
    ByteReader in(bytes);
    SignedGenesis out;
    out.signature = in.get<Signature>();
    if (in.failed()) return std::nullopt;
    out.bytes = in.take(in.left()).text();
    return out;
}

Hash32 uid_of(ByteView genesis_bytes) { return blake2b(genesis_bytes); }

std::optional<protocol::Snowflake> derived_id(const Hash32& uid, protocol::UnixMs created_ms) {
    const std::int64_t ms = created_ms - protocol::kEpochMs;
    if (created_ms < protocol::kEpochMs || ms >= kIdMillisecondsEnd) return std::nullopt;
    const auto bits = ByteReader(ByteView(uid).first(4)).get<std::uint32_t>() & 0x3fffff;
    return protocol::Snowflake(static_cast<std::uint64_t>(ms) << 22 | bits);
}

}  // namespace guildhall::federation
