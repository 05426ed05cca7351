// Somebody who asks for what is not his, floods, or invents: rows 18, 19, 27, 29, 31, 32, 34, 35
// and 38 of the threats.
#include "federation/key_log.h"
#include "tests/catch.h"
#include "tests/unit/peering/evil_guest.h"
#include "tests/unit/peering/far_guild.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using f::ProblemCode;

namespace {

/// Nobody but the owner may see it.
json::object hidden_channel(const EvilGuest& s) {
    const json::array all{{{"id", s.guild.str()}, {"type", 0}, {"allow", "0"}, {"deny", "1024"}}};
    return {{"name", "secret"}, {"permission_overwrites", all}};
}

/// What was refused, to the letter.
std::string refusal(EvilPeer& peer, f::FrameBody question) {
    const auto answer = peer.ask(std::move(question));
    if (!answer) return "silence";
    const auto* problem = std::get_if<f::Problem>(&*answer);
    return problem ? std::string(f::name_of(problem->code)) + ": " + problem->text : "an answer";
}

f::SecretKey key_of(std::uint8_t number) {
    f::Seed seed;
    seed.fill(number);
    return f::SecretKey::from_seed(seed);
}

/// The event after the genesis, naming `next` and signed by `by`.
std::string rotation(const EvilPeer& peer, const f::SecretKey& next, const f::SecretKey& by) {
    f::KeyEvent event;
    event.subject_uid = event.prev = peer.uid();
    event.seq = 1;
    event.ts_ms = peer.world.clock.unix_ms();
    event.signing_key = next.public_key();
    event.target = *f::KeyTarget::from(f::x25519_public(peer.identity().noise).text());
    event.next_key_commit = f::key_commit(key_of(77).public_key());
    return f::encode(f::sign(event, by));
}

/// Hears whoever connects to an address that nobody may be made to connect to.
class Trap final : public WorldPart {
  public:
    Trap(FedNodes& world, const std::string& ip)
        : world_(world), log_(world.clock, ip), shards_(1, world.clock, log_) {
        network_ = world.net.host(*base::IpAddress::parse(ip), shards_);
        for (const std::uint16_t port : {22, 80, 443, 8443, 8447}) {
            const base::Endpoint where{*base::IpAddress::parse(ip), port};
            auto heard = [this](base::Shard&, std::unique_ptr<base::ByteStream>) { ++met; };
            listeners_.push_back(network_->listen(where, heard).value());
        }
        world.add(*this);
    }
    ~Trap() override {
        world_.remove(*this);
        listeners_.clear();
        shards_.abandon();
        network_.reset();
    }
    bool poll_one() override {
        shards_.at(0).io().restart();
        return shards_.at(0).io().poll_one() != 0 || shards_.at(0).timers().run_due() != 0;
    }
    std::optional<base::Nanos> next_deadline() override {
        return shards_.at(0).timers().next_deadline();
    }

    int met = 0;

  private:
    FedNodes& world_;
    TailLog log_;
    base::Shards shards_;
    std::unique_ptr<base::Network> network_;
    std::vector<std::unique_ptr<base::Listener>> listeners_;
};

}  // namespace

TEST_CASE("row 18: a key log that a thief of the key in use wrote opens no link") {
    FedNodes world(1);
    EvilPeer thief(world, "evil.example", 9);
    const f::SecretKey mine = key_of(60);
    thief.set_events({rotation(thief, mine, mine)}, nullptr);
    REQUIRE(thief.dial(world[0]));
    world.advance(15s);
    CHECK_FALSE(thief.is_open());
    thief.hang_up();
    // Signed by the key in use, which is not the one that was committed to.
    thief.set_events({rotation(thief, mine, thief.key())}, nullptr);
    REQUIRE(thief.dial(world[0]));
    world.advance(15s);
    CHECK_FALSE(thief.is_open());
}

TEST_CASE("row 19: a revoked key signs nothing new, and what it signed stays") {
    EvilGuest s;
    s.join();
    REQUIRE(s.send(s.say("before")) == 200);
    const f::SignedCommand by_old_key = s.say("by the old key");
    // The committed key takes over.
    const f::SecretKey next = key_of(109);
    s.evil.hang_up();
    s.world.advance(1s);
    s.evil.set_events({rotation(s.evil, next, next)}, &next);
    s.evil.open(s.host());
    CHECK(s.send(by_old_key) == 0);
    CHECK(s.problem == ProblemCode::bad_signature);
    CHECK(s.send(s.say("by the new key")) == 200);
    CHECK(s.texts() == std::vector<std::string>{"before", "by the new key"});
}

TEST_CASE("row 27: invites cannot be guessed by the thousand, nor users invented by the hundred") {
    EvilGuest s;
    s.join();
    s.evil.hang_up();
    s.host().crash();
    s.host().config().rate_limits = true;
    s.host().start();
    s.evil.open(s.host());
    std::size_t refused = 0;
    for (int i = 0; i < 2000; ++i) {
        const auto why = s.evil.refusal(f::frames::InviteGet{"code" + std::to_string(i)});
        REQUIRE(why != ProblemCode::none);
        refused += why == ProblemCode::rate_limited;
    }
    CHECK(refused > 1500);

    const auto before = s.host().view().user_count();
    for (std::uint8_t i = 0; i < 150; ++i) {
        const EvilUser crowd(
            s.evil, "crowd" + std::to_string(i), static_cast<std::uint8_t>(i + 50));
        s.show(crowd);
        s.send(s.join_command(crowd));
        s.world.advance(1s);
    }
    CHECK(s.host().view().user_count() - before <= 70);
    CHECK(s.host().view().user_count() > before);
    CHECK(s.evil.is_open());
}

TEST_CASE("row 27: a key log beyond its bounds is not taken") {
    EvilGuest s;
    s.answer_questions();
    s.show(s.mallory);
    f::SignedCommand bomb = s.join_command(s.mallory);
    f::ApiCall call;
    call.method = "POST";
    call.route = "/invites/{invite_code}";
    call.params = {s.code};
    call.json = "{}";
    call.version = 10;
    call.keyLog = {s.mallory.genesis};
    for (int i = 0; i < 400; ++i) call.keyLog.push_back(std::string(100, 'x'));
    CHECK(s.send(s.sign(s.header(s.mallory.id), call)) / 100 != 2);
    CHECK_FALSE(s.is_member(s.mallory.id));
}

TEST_CASE("row 29: what a node may not have is not there, to the letter") {
    EvilGuest s;
    s.join();
    const std::string secret = s.new_channel(hidden_channel(s));
    s.host().ok(EvilGuest::Method::post,
                "/api/v10/channels/" + secret + "/messages",
                s.owner,
                {{"content", "nobody else's"}});
    const std::uint64_t real = std::stoull(secret);
    const auto range = [&](std::uint64_t log, std::uint64_t size) {
        f::frames::RangeGet get;
        get.guildUid = s.guild_uid;
        get.logId = log;
        get.to = size;
        get.headSize = size;
        return refusal(s.evil, get);
    };
    CHECK(range(real, 1) == range(real + 4096, 1));
    CHECK(range(real, 1) == range(1, 1));  // The admin log.
    CHECK(range(real, 1000) == range(real + 4096, 1000));

    f::frames::Subscribe subscribe;
    subscribe.guildUid = s.guild_uid;
    subscribe.have = {{real, 1, {}}, {1, 1, {}}};
    const auto answer = s.evil.ask(subscribe);
    REQUIRE(answer);
    const auto* subscribed = std::get_if<f::frames::Subscribed>(&*answer);
    REQUIRE(subscribed);
    for (const f::Cursor& c : subscribed->logs) {
        CHECK(c.logId != real);
        CHECK(c.logId != 1);
    }
    for (const std::uint64_t id : subscribed->diverged) CHECK(id != real);
}

TEST_CASE("row 29: what is hidden does not come on its own, as entry, head or answer") {
    EvilGuest s;
    s.join();
    const std::string secret = s.new_channel(hidden_channel(s));
    const std::uint64_t real = std::stoull(secret);
    f::frames::Subscribe subscribe;
    subscribe.guildUid = s.guild_uid;
    REQUIRE(s.evil.ask(subscribe));
    s.host().ok(EvilGuest::Method::post,
                "/api/v10/channels/" + secret + "/messages",
                s.owner,
                {{"content", "nobody else's either"}});
    s.world.advance(2min);
    for (const auto& append : s.evil.all<f::Append>()) CHECK(append.logId != real);
    for (const auto& heads : s.evil.all<f::frames::Heads>()) {
        for (const std::string& bytes : heads.heads) {
            const auto head = f::decode_signed_head(bytes);
            REQUIRE(head);
            CHECK(head->head.log_id != real);
        }
    }
    f::ApiCall post = s.post("let me in");
    post.params = {secret};
    const int there = s.send(s.sign(s.header(s.mallory.id, secret), post));
    CHECK(there / 100 != 2);
    // A guild that is not hers is one that is not.
    f::frames::Subscribe other;
    other.guildUid.fill(1);
    const auto unknown = refusal(s.evil, other);
    s.host().ok(EvilGuest::Method::post, "/api/v10/guilds", s.owner, {{"name", "Private"}});
    protocol::GuildId private_guild;
    s.host().view().for_each_guild([&](const protocol::GuildState& g) {
        if (g.guild.id != s.guild) private_guild = g.guild.id;
    });
    other.guildUid = *f::Hash32::from(std::string_view(s.host().guild(private_guild)->guild.uid));
    CHECK(refusal(s.evil, other) == unknown);
    f::Hash32 nobodys;
    nobodys.fill(1);
    CHECK(refusal(s.evil, f::frames::SnapshotGet{other.guildUid}) ==
          refusal(s.evil, f::frames::SnapshotGet{nobodys}));
}

TEST_CASE("row 31: files that are not what they are said to be are not kept, nor others' given") {
    EvilGuest s;
    s.join();
    const auto put = [&](std::uint64_t size) {
        f::frames::BlobPut out;
        out.hash = f::blake2b(f::ByteView(std::string_view("what was announced")));
        out.size = size;
        out.guildUid = s.guild_uid;
        out.channelId = std::stoull(s.channel);
        out.userId = s.mallory.id.value;
        return out;
    };
    // Too large to be an attachment.
    const auto large = s.evil.ask(put(1ull << 40));
    REQUIRE(large);
    CHECK(std::holds_alternative<f::Problem>(*large));
    // Other bytes than announced.
    const std::string lie(18, 'x');
    const auto answer = s.evil.ask(put(lie.size()));
    REQUIRE(answer);
    if (const auto* state = std::get_if<f::frames::BlobState>(&*answer)) {
        CHECK_FALSE(state->have);
        f::frames::BlobPart part;
        part.hash = put(0).hash;
        part.data = lie;
        part.last = true;
        part.total = lie.size();
        s.evil.send(part);
        s.world.advance(5s);
        for (const auto& told : s.evil.all<f::frames::BlobState>()) CHECK_FALSE(told.have);
    }
    // One that no message of hers names.
    f::frames::BlobGet get;
    get.hash.emplace().fill(3);
    get.guildUid = s.guild_uid;
    get.channelId = std::stoull(s.channel);
    get.length = 100;
    const auto nothing = refusal(s.evil, get);
    CHECK(nothing != "an answer");
    get.image = "icons/../../../etc/passwd";
    get.hash.reset();
    CHECK(refusal(s.evil, get) != "an answer");
}

TEST_CASE("row 32: a name cannot make this node connect to what is not for strangers") {
    FedNodes world(1);
    world[0].crash();
    world[0].config().federation_allow_private = false;
    world[0].start();
    const Person alice = world[0].add_user("alice");
    const std::vector<std::string> inside{
        "169.254.169.254", "127.0.0.1", "10.9.9.9", "192.168.1.1", "100.64.0.1", "::1", "fd00::1"};
    std::vector<std::unique_ptr<Trap>> traps;
    for (const std::string& ip : inside) {
        traps.push_back(std::make_unique<Trap>(world, ip));
        world.resolver.address_rows["evil.example"] = {{*base::IpAddress::parse(ip)}};
        world.resolver.service_rows["_guildhall._tcp.evil.example"] = {
            {.host = "evil.example", .port = 8447}};
        for (const std::string& name : {std::string("evil.example"), ip + ":8447"}) {
            const auto answer =
                world[0].call(base::http::Method::get, "/api/v10/invites/abcdefgh@" + name, alice);
            INFO(name << " " << ip << " " << answer.body);
            CHECK(answer.status / 100 == 4 + (answer.status >= 500));
        }
    }
    // Numbers in disguise are no names at all.
    for (const std::string name : {"0x7f.1", "2130706433", "0177.0.0.1", "127.1"}) {
        const auto answer =
            world[0].call(base::http::Method::get, "/api/v10/invites/abcdefgh@" + name, alice);
        CHECK(answer.status / 100 != 2);
    }
    for (const auto& trap : traps) CHECK(trap->met == 0);
}

TEST_CASE("row 34: names that look like others are refused") {
    FedNodes world(1);
    const Person alice = world[0].add_user("alice");
    for (const std::string name : {"a@b@c.example",
                                   "b.example@c.example",
                                   "xn--\xc3\xa9.example",
                                   "b\xd0\xb5.example",
                                   "\xe2\x80\xae"
                                   "elpmaxe.b",
                                   "b example"}) {
        const auto answer =
            world[0].call(base::http::Method::get,
                          "/api/v10/invites/abcdefgh@" + base::http::percent_encode(name),
                          alice);
        INFO(name);
        CHECK(answer.status / 100 == 4);
    }
    const auto registered = world[0].call(
        base::http::Method::post,
        "/api/v10/auth/register",
        {},
        {{"username", "root@b.example"}, {"password", "correct horse"}, {"consent", true}});
    CHECK(registered.status == 400);

    for (const std::string name : {"al@b.example",
                                   "ali\xe2\x80\xae"
                                   "ce",
                                   "\xd0\xb0lice"}) {
        EvilGuest s;
        const EvilUser spoof(s.evil, name, 44);
        s.show(spoof);
        s.send(s.join_command(spoof));
        s.host().view();
        const auto* user = s.host().view().user(spoof.id);
        INFO(name);
        CHECK((user == nullptr || (*user)->username.ends_with("@evil.example")));
        CHECK((user == nullptr || std::ranges::count((*user)->username, '@') == 1));
        CHECK((user == nullptr || (*user)->username != name + "@evil.example"));
    }
}

TEST_CASE("row 35: presence and typing of others' users are not told, and a flood is not either") {
    EvilGuest s;
    s.host().crash();
    s.host().config().rate_limits = true;
    s.host().start();
    s.evil.open(s.host());
    s.join();
    const Person watcher = s.host().add_user("watcher");
    s.host().ok(EvilGuest::Method::post, "/api/v10/invites/" + s.code, watcher, json::object{});
    Client& client = s.host().connect(watcher);
    s.world.advance(1s);
    client.forget();
    const auto tell = [&](protocol::UserId user, std::uint8_t kind, const std::string& status) {
        f::frames::Ephemeral item;
        item.guildUid = s.guild_uid;
        item.kind = kind;
        item.channelId = std::stoull(s.channel);
        item.userId = user.value;
        item.tsMs = s.world.clock.unix_ms();
        item.status = status;
        f::frames::Ephemerals out;
        out.items = {item};
        s.evil.send(out);
    };
    tell(s.owner.id, 0, "");
    tell(s.owner.id, 1, "dnd");
    s.world.advance(1s);
    CHECK(client.count("TYPING_START") == 0);
    CHECK(client.count("PRESENCE_UPDATE") == 0);
    // Her own are, now and then: of a hundred thousand in a second her node's share is looked at,
    // and people see some of that.
    const base::Counter& dropped =
        s.host().core().metrics.counter("guildhall_peer_ephemera_dropped_total", "");
    const auto dropped_before = dropped.value();
    f::frames::Ephemeral item;
    item.guildUid = s.guild_uid;
    item.kind = 1;
    item.channelId = std::stoull(s.channel);
    item.userId = s.mallory.id.value;
    item.tsMs = s.world.clock.unix_ms();
    constexpr std::uint64_t kItems = 100'000, kPerFrame = 200;
    for (std::uint64_t sent = 0; sent < kItems; sent += kPerFrame) {
        f::frames::Ephemerals out;
        for (std::uint64_t i = 0; i < kPerFrame; ++i) {
            item.status = i % 2 == 0 ? "online" : "dnd";
            out.items.push_back(item);
        }
        REQUIRE(s.evil.send(std::move(out)));
        s.world.advance(2ms);
    }
    // 2,000 at once, and 200 more in that second.
    CHECK(dropped.value() - dropped_before >= kItems - 2'200 - kPerFrame);
    s.world.advance(1s);
    CHECK(client.count("PRESENCE_UPDATE") > 0);
    CHECK(client.count("PRESENCE_UPDATE") <= 20);
    REQUIRE(s.evil.is_open());
    CHECK(s.send(s.say("still here")) == 200);
}

TEST_CASE("row 38: an interaction's token stands in no log, and on no other node's disk") {
    FarGuild s(2);
    FedNode& host = s.world[0];
    FedNode& home = s.world[1];
    using Method = base::http::Method;
    const Person bot = host.add_bot(s.people[0], "helper");
    const auto made = host.ok(Method::post,
                              "/api/v10/applications/" + bot.id.str() + "/commands",
                              bot,
                              {{"name", "ping"}, {"type", 1}, {"description", "Pong"}});
    host.ok(Method::post,
            "/api/v10/oauth2/authorize?scope=bot&permissions=0&client_id=" + bot.id.str(),
            s.people[0],
            {{"guild_id", s.guild.str()}, {"authorize", true}, {"permissions", "0"}});
    // The privileged intents.
    host.ok(Method::patch,
            "/api/v10/applications/" + bot.id.str(),
            s.people[0],
            {{"flags", (1 << 13) | (1 << 15) | (1 << 19)}});
    Client& session = host.connect(bot);
    s.world.advance(5s);
    const json::object ping{{"type", 2},
                            {"application_id", bot.id.str()},
                            {"guild_id", s.guild.str()},
                            {"channel_id", s.general.str()},
                            {"nonce", "n7"},
                            {"data", {{"id", made.at("id")}, {"name", "ping"}, {"type", 1}}}};
    const Answer asked = home.call(Method::post, "/api/v10/interactions", s.people[1], ping);
    INFO(asked.body << s.world.logs());
    REQUIRE(asked.status == 204);
    REQUIRE(s.world.run_until([&] { return session.count("INTERACTION_CREATE") == 1; }));
    const auto told = session.last("INTERACTION_CREATE");
    const std::string token(told.at("token").as_string());
    REQUIRE(token.size() > 20);
    host.ok(Method::post,
            "/api/v10/interactions/" + std::string(told.at("id").as_string()) + "/" + token +
                "/callback",
            {},
            {{"type", 4}, {"data", {{"content", "pong"}}}});
    s.world.advance(10s);
    CHECK(home.db->image().find(token) == std::string::npos);
    for (FedNode* node : {&host, &home}) {
        CHECK_FALSE(node->log.contains(token));
        const auto done = store::read_and_wait(*node->db, [&](store::Tx& tx) -> protocol::Status {
            TRY(auto logs, store::entries::logs_of(tx, s.guild));
            CHECK(logs.size() >= 2);
            for (const auto& log : logs) {
                TRY_VOID(store::entries::walk(
                    tx, log.log, log.log_id, 0, [&](const store::entries::EntryRow& entry) {
                        CHECK(entry.body.find(token) == entry.body.npos);
                        CHECK(entry.command.find(token) == entry.command.npos);
                        return true;
                    }));
            }
            return {};
        });
        REQUIRE(done);
    }
}
