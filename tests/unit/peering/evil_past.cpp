// A host that lies about what was before its mirrors came: rows 2 and 11 of the threats. What
// stands in the name of a user of another node has that node's signature, whenever it was said.
#include "federation/command_call.h"
#include "federation/key_log.h"
#include "federation/range_proof.h"
#include "node/peering/mirror/entry_then.h"
#include "tests/catch.h"
#include "tests/unit/peering/evil_host.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using protocol::MessageCreated;

namespace {

/// A channel that the host made after it turned, with a past of its own.
struct Room {
    explicit Room(EvilHost& host) : s(host) {
        protocol::Channel room = *s.mirror().guild(s.guild)->channels.find(s.channel);
        room.id = protocol::ChannelId(s.id_now());
        room.name = "room";
        s.send(s.next(protocol::ChannelCreated{room}));
        REQUIRE(s.mirror().guild(s.guild)->channels.find(room.id));
        s.channel = room.id;
        s.logs.try_emplace(room.id.value);
    }
    void say(const std::string& text, protocol::UserId author, const Forge& forge = {}) {
        add(MessageCreated{s.message(text, author)}, forge);
    }
    void add(const protocol::Event& event, const Forge& forge = {}) {
        last = s.next(event, forge);
        entries.push_back(last.entries.front());
        leaves.push_back(f::leaf_hash(last.entries.front().header));
    }
    /// Opens the log near its end, as a host does.
    void open(std::uint64_t from) {
        f::Append out = last;
        out.firstSeq = from;
        out.entries.assign(entries.begin() + static_cast<std::ptrdiff_t>(from), entries.end());
        f::Frontier frontier;
        for (std::uint64_t i = 0; i < from; ++i) frontier.append(leaves[i]);
        out.frontier = frontier.serialise();
        const auto subtree = [this](std::uint32_t level, std::uint64_t index) {
            return get(level, index);
        };
        if (from > 0) out.base = f::consistency_proof(from, leaves.size(), subtree).value();
        s.send(out);
    }
    /// A piece of it, as it was asked for.
    f::Range range(const f::frames::RangeGet& get) {
        f::Range out;
        out.guildUid = get.guildUid;
        out.logId = get.logId;
        out.from = get.from;
        out.headSize = get.headSize;
        out.entries.assign(entries.begin() + static_cast<std::ptrdiff_t>(get.from),
                           entries.begin() + static_cast<std::ptrdiff_t>(get.to));
        const auto subtree = [this](std::uint32_t level, std::uint64_t index) {
            return this->get(level, index);
        };
        const auto proof = f::range_proof(get.from, get.to, get.headSize, subtree).value();
        out.left = proof.left;
        out.right = proof.right;
        return out;
    }
    /// Answers what the mirror asks of this log.
    void serve() {
        s.meddle = [this](const f::Frame& frame) {
            const auto* get = std::get_if<f::frames::RangeGet>(&frame.body);
            if (!get || get->logId != s.channel.value) return false;
            ++asked;
            s.evil->send(range(*get), frame.id);
            return true;
        };
    }
    protocol::Result<f::Hash32> get(std::uint32_t level, std::uint64_t index) const {
        if (level == 0) return leaves.at(index);
        TRY(const auto left, get(level - 1, 2 * index));
        TRY(const auto right, get(level - 1, 2 * index + 1));
        return f::node_hash(left, right);
    }

    EvilHost& s;
    std::vector<f::Entry> entries;
    std::vector<f::Hash32> leaves;
    f::Append last;
    int asked = 0;
};

f::SecretKey key_of(std::uint8_t number) {
    f::Seed seed;
    seed.fill(number);
    return f::SecretKey::from_seed(seed);
}

struct Home {
    explicit Home(std::uint8_t number) : key(key_of(number)) {
        f::NodeGenesis born;
        born.signing_key = born.noise_static = key.public_key();
        born.next_key_commit = f::key_commit(key.public_key());
        const f::SignedGenesis made = f::sign(f::Genesis(born), key);
        genesis = f::encode(made);
        uid = f::uid_of(made.bytes);
    }
    f::SecretKey key;
    std::string genesis;
    f::Hash32 uid;
};

/// A user of one node who moved to each of the others, one after the other.
struct Wanderer {
    explicit Wanderer(const Home& first) {
        f::UserGenesis born;
        born.created_ms = 1'700'000'000'000;
        born.signing_key = key_of(31).public_key();
        born.home_node_uid = first.uid;
        born.next_key_commit = f::key_commit(key_of(32).public_key());
        const f::SignedGenesis made = f::sign(f::Genesis(born), key_of(31));
        genesis = f::encode(made);
        uid = last = f::uid_of(made.bytes);
        id = protocol::id_cast<protocol::UserId>(*f::derived_id(uid, born.created_ms));
    }
    void move(const Home& home) {
        const auto number = static_cast<std::uint8_t>(32 + events.size());
        const f::SecretKey key = key_of(number);
        f::KeyEvent event;
        event.subject_uid = uid;
        event.prev = last;
        event.seq = static_cast<std::uint32_t>(events.size() + 1);
        event.ts_ms = 1'700'000'000'000;
        event.signing_key = key.public_key();
        event.target = *f::KeyTarget::from(home.uid.text());
        event.next_key_commit =
            f::key_commit(key_of(static_cast<std::uint8_t>(number + 1)).public_key());
        f::SignedKeyEvent out = f::sign(event, key);
        out.consent = f::consent_to_move(f::ByteView(out.bytes), 0, home.key);
        last = f::blake2b(f::ByteView(out.bytes));
        events.push_back(f::encode(out));
    }
    std::string genesis;
    f::Hash32 uid, last;
    protocol::UserId id;
    std::vector<std::string> events;
};

/// bob says it to the evil host, which has his node's signature from then on.
Forge said_by_bob(EvilHost& s, const std::string& text) {
    std::optional<f::SignedCommand> heard;
    const auto before = std::exchange(s.meddle, [&](const f::Frame& frame) {
        const auto* command = std::get_if<f::CommandFrame>(&frame.body);
        if (!command) return false;
        heard = f::command_of(*command).value();
        return true;
    });
    (void)s.mirror().begin(EvilHost::Method::post,
                           "/api/v10/channels/" + s.channel.str() + "/messages",
                           s.bob,
                           {{"content", text}});
    s.world.run_until([&] { return heard.has_value(); }, 5s);
    s.meddle = before;
    REQUIRE(heard);
    Forge out;
    out.command = f::encode(*heard);
    out.header = [hash = heard->hash()](f::EntryHeader& h) { h.command_hash = hash; };
    return out;
}

}  // namespace

TEST_CASE("a channel that an honest host opens near its end is shown, and its past when asked") {
    EvilHost s;
    s.turn();
    Room room(s);
    for (int i = 0; i < 4; ++i) room.say("word " + std::to_string(i), s.owner.id);
    room.serve();
    room.open(2);
    INFO(s.world.logs());
    CHECK(s.is_shown("word 3"));
    CHECK(s.is_shown("word 0"));
    CHECK(room.asked > 0);
    CHECK_FALSE(s.is_frozen());
}

TEST_CASE("row 2: a message of this node's user that a channel opens with needs his node's word") {
    EvilHost s;
    s.turn();
    Room room(s);
    room.say("I am bob", s.bob.id);
    room.open(0);
    INFO(s.world.logs());
    CHECK(s.is_frozen());
    CHECK_FALSE(s.is_shown("I am bob"));
}

TEST_CASE("row 2: a message of this node's user in a range of the past needs his node's word") {
    EvilHost s;
    s.turn();
    Room room(s);
    room.say("I was bob", s.bob.id);
    for (int i = 0; i < 3; ++i) room.say("word " + std::to_string(i), s.owner.id);
    room.serve();
    room.open(2);
    CHECK_FALSE(s.is_frozen());
    CHECK_FALSE(s.is_shown("I was bob"));
    INFO(s.world.logs());
    CHECK(room.asked > 0);
    CHECK(s.is_frozen());
}

TEST_CASE("row 2: an entry of the past that names a command brings it, whole and its own") {
    // The host has commands of bob's node: his joining.
    const auto stored = [](EvilHost& s) {
        for (const auto& [id, log] : s.logs) {
            for (const auto& row : log.rows) {
                if (!row.command.empty()) return row.command;
            }
        }
        return std::string();
    };
    for (int kind = 0; kind < 3; ++kind) {
        EvilHost s;
        s.turn();
        const std::string command = stored(s);
        const auto signed_command = f::decode_signed_command(command);
        REQUIRE(signed_command);
        Room room(s);
        Forge forge;
        forge.header = [&](f::EntryHeader& h) { h.command_hash = signed_command->hash(); };
        if (kind == 1) forge.command = command;
        if (kind == 2) forge.command = f::without_body(command).value();
        room.say("I am bob", s.bob.id, forge);
        room.open(0);
        INFO("kind " << kind << s.world.logs());
        CHECK(s.is_frozen());
        CHECK_FALSE(s.is_shown("I am bob"));
    }
}

TEST_CASE("row 2: an edit that nobody signed needs a message that its author did") {
    const auto edit = [](EvilHost& s, const protocol::Message& made) {
        protocol::Message now = made;
        now.content = "I am bob";
        now.flags = 4;
        return protocol::MessageEdited{now};
    };
    // As news: a creation whose body is gone, and then what a moderator is said to have changed.
    {
        EvilHost s;
        s.turn();
        const protocol::Message made = s.message("whatever", s.bob.id);
        f::Append gone = s.next(MessageCreated{made});
        gone.entries.front().body.clear();
        s.send(gone);
        s.send(s.next(edit(s, made)));
        INFO(s.world.logs());
        CHECK_FALSE(s.is_shown("I am bob"));
        CHECK(s.is_frozen());
    }
    // In the past: in one piece, and the creation only in a range that comes later, when nothing is
    // left of an edit that nobody can judge.
    for (const std::uint64_t from : {0, 1}) {
        EvilHost s;
        s.turn();
        Room room(s);
        const protocol::Message made = s.message("whatever", s.bob.id);
        room.add(MessageCreated{made});
        room.entries.back().body.clear();
        room.add(edit(s, made));
        room.say("word", s.owner.id);
        room.serve();
        room.open(from);
        INFO("from " << from << s.world.logs());
        CHECK_FALSE(s.is_shown("I am bob"));
        CHECK(s.is_shown("word") == (from == 1));
        CHECK(s.is_frozen() == (from == 0));
    }
}

TEST_CASE("row 11: a range of the host that is forged, reordered or cut short is not believed") {
    enum class Lie { none, body, reordered, front, end, no_proof, other_place };
    for (const Lie lie : {Lie::none,
                          Lie::body,
                          Lie::reordered,
                          Lie::front,
                          Lie::end,
                          Lie::no_proof,
                          Lie::other_place}) {
        EvilHost s;
        s.turn();
        Room room(s);
        for (int i = 0; i < 5; ++i) room.say("word " + std::to_string(i), s.owner.id);
        int asked = 0;
        s.meddle = [&](const f::Frame& frame) {
            const auto* get = std::get_if<f::frames::RangeGet>(&frame.body);
            if (!get || get->logId != s.channel.value) return false;
            ++asked;
            f::Range out = room.range(*get);
            REQUIRE(out.entries.size() > 1);
            if (lie == Lie::body) out.entries[0].body[20] ^= 1;
            if (lie == Lie::reordered) std::swap(out.entries[0], out.entries[1]);
            if (lie == Lie::front) out.entries.erase(out.entries.begin());
            if (lie == Lie::end) out.entries.pop_back();
            if (lie == Lie::no_proof) out.left.clear(), out.right.clear();
            if (lie == Lie::other_place) ++out.from;
            s.evil->send(std::move(out), frame.id);
            return true;
        };
        room.open(3);
        INFO("lie " << static_cast<int>(lie) << s.world.logs());
        CHECK(s.is_shown("word 4"));
        for (const std::string& text : s.shown()) CHECK(text.starts_with("word "));
        CHECK(asked > 0);
        for (const char* past : {"word 0", "word 1", "word 2"})
            CHECK(s.is_shown(past) == (lie == Lie::none));
        // Bytes that prove nothing convict nobody; who sent them broke the rules.
        CHECK_FALSE(s.is_frozen());
        const auto peer = s.mirror().core().peering->peers().find(s.host_uid);
        REQUIRE(peer);
        CHECK((peer->policy().strikes() > 0) == (lie != Lie::none));
    }
}

TEST_CASE("row 2: what cannot be known of the past freezes no guild") {
    EvilHost s;
    s.turn();
    Room room(s);
    // Nobody here knows this user, who may have left, and may have lived with the host.
    room.say("who was that", protocol::UserId(s.owner.id.value + 4096));
    // Its body went with its command.
    room.say("gone", s.bob.id);
    room.entries.back().body.clear();
    // A moderator hid its embeds; what it said before is dropped, so that nobody can say it.
    protocol::Message hidden = s.message("as bob said it", s.bob.id);
    hidden.flags = 4;
    room.add(protocol::MessageEdited{hidden});
    room.open(0);
    INFO(s.world.logs());
    CHECK_FALSE(s.is_frozen());
    CHECK_FALSE(s.is_shown("gone"));
    CHECK_FALSE(s.is_shown("as bob said it"));
}

TEST_CASE("an edit of flags shows what the author's own entry says, and nothing else") {
    // In one piece with that entry; only that entry in a range that comes later; and as news of a
    // message that is not held.
    for (const int how : {0, 1, 2}) {
        for (const std::string now : {"as bob said it", "I am bob"}) {
            EvilHost s;
            s.turn();
            Room room(s);
            const Forge said = said_by_bob(s, "as bob said it");
            const protocol::Message made = s.message("as bob said it", s.bob.id);
            room.add(MessageCreated{made}, said);
            room.say("word", s.owner.id);
            protocol::Message edited = made;
            edited.content = now;
            edited.flags = 4;
            if (how < 2) room.add(protocol::MessageEdited{edited});
            room.say("last", s.owner.id);
            room.serve();
            room.open(how == 0 ? 0 : 1);
            if (how == 2) {
                room.add(protocol::MessageEdited{edited});
                s.send(room.last);
            }
            const bool is_lie = now != made.content;
            INFO("how " << how << ", says " << now << s.world.logs());
            CHECK_FALSE(s.is_shown("I am bob"));
            CHECK(s.is_frozen() == (is_lie && how == 0));
            if (!s.is_frozen()) CHECK(s.is_shown("as bob said it"));
        }
    }
}

TEST_CASE("row 2: a host changes nothing of a message that is held but its flags") {
    for (int what = 0; what < 5; ++what) {
        EvilHost s;
        s.turn();
        Room room(s);
        const Forge said = said_by_bob(s, "as bob said it");
        const protocol::Message made = s.message("as bob said it", s.bob.id);
        room.add(MessageCreated{made}, said);
        room.open(0);
        REQUIRE(s.is_shown("as bob said it"));
        protocol::Message now = made;
        now.flags = 4;
        if (what == 1) now.content = "I am bob";
        if (what == 2)
            now.attachments.push_back(
                {.id = protocol::AttachmentId(s.id_now()), .filename = "a", .hash = "b"});
        if (what == 3) now.embeds = R"([{"title":"I am bob"}])";
        if (what == 4) now.authorId = s.owner.id;
        s.send(s.next(protocol::MessageEdited{now}));
        INFO("what " << what << s.world.logs());
        CHECK(s.is_frozen() == (what != 0));
        CHECK(s.is_shown("as bob said it"));
    }
}

TEST_CASE("a command that had expired under an entry of the past convicts the host to everybody") {
    // Where a channel opens, and in a range.
    for (const std::uint64_t from : {0, 2}) {
        EvilHost s;
        s.turn();
        Room room(s);
        const Forge said = said_by_bob(s, "long ago");
        s.world.advance(1h);
        room.say("long ago", s.bob.id, said);
        for (int i = 0; i < 4; ++i) room.say("after " + std::to_string(i), s.owner.id);
        room.serve();
        room.open(from);
        (void)s.shown();
        INFO("from " << from << s.world.logs());
        CHECK(s.is_frozen());
        CHECK(evidence_kinds(s) == std::vector<std::string>{"forged origin"});
    }
}

TEST_CASE(
    "who moved more than once before his keys came may have lived with each home that they name") {
    EvilHost s;
    const Home born(21), host(22), now(23);
    Wanderer carol(born);
    carol.move(host);
    carol.move(now);
    protocol::GuildState state = *s.mirror().guild(s.guild);
    f::GuildKeys keys;
    const auto bring = [&](const f::Hash32& uid, std::string genesis, auto events) {
        const protocol::IdentityAdded added{std::string(uid.text()), std::move(genesis), events};
        REQUIRE(keys.add(added, 50, s.world.clock.unix_ms()));
        protocol::apply(state, protocol::Event(added));
    };
    for (const Home* node : {&born, &host, &now})
        bring(node->uid, node->genesis, std::vector<std::string>());
    bring(carol.uid, carol.genesis, carol.events);
    state.hosting.hostUid = std::string(host.uid.text());
    protocol::Member member;
    member.userId = carol.id;
    member.homeUid = std::string(now.uid.text());
    member.joinedMs = 1;
    protocol::apply(state, protocol::Event(protocol::MemberJoined{member}));
    const peering::EntryJudge::Place place{.host_uid = host.uid};
    f::EntryHeader entry;
    entry.ts_ms = s.world.clock.unix_ms();
    const auto at_host = [&](std::string_view node) { return node == host.uid.text(); };
    const peering::Then then({state, keys, s.mirror().view(), place}, entry);
    // Of the guild's host, when it was the second of three homes.
    entry.control_seq = 49;
    CHECK(then.lived(carol.id, at_host) == f::Lived::there);
    entry.control_seq = 50;
    CHECK(then.lived(carol.id, at_host) == f::Lived::elsewhere);
}
