#include "tests/support/evil_peer.h"

#include "federation/genesis.h"

#include <array>
#include <stdexcept>

namespace guildhall::tests {
namespace {

using namespace std::chrono_literals;
using base::IoState;

constexpr std::uint16_t kPort = 8447;

f::SecretKey key_of(std::uint8_t number) {
    f::Seed seed;
    seed.fill(number);
    return f::SecretKey::from_seed(seed);
}

f::LinkIdentity identity_of(std::uint8_t number, const f::SecretKey& signing) {
    f::LinkIdentity out;
    out.noise.fill(number);
    f::NodeGenesis genesis;
    genesis.created_ms = 1'700'000'000'000;
    genesis.nonce.fill(number);
    genesis.signing_key = signing.public_key();
    genesis.noise_static = f::x25519_public(out.noise);
    genesis.next_key_commit =
        f::key_commit(key_of(static_cast<std::uint8_t>(number + 100)).public_key());
    out.log.genesis = encode(sign(f::Genesis(genesis), signing));
    out.signing = &signing;
    return out;
}

}  // namespace

EvilPeer::EvilPeer(FedNodes& w, std::string name, std::uint8_t number)
    : world(w),
      name_(std::move(name)),
      ip_(base::IpAddress::v4(0xc6290000u + number)),
      signing_(key_of(number)),
      identity_(identity_of(number, signing_)),
      uid_(f::uid_of(identity_)),
      log_(w.clock, name_),
      shards_(1, w.clock, log_) {
    join_world();
}

EvilPeer::EvilPeer(FedNodes& w, const FedNode& victim, f::LinkIdentity identity)
    : world(w),
      name_(victim.name()),
      ip_(victim.ip()),
      signing_(key_of(1)),
      identity_(std::move(identity)),
      uid_(f::uid_of(identity_)),
      log_(w.clock, "evil " + name_),
      shards_(1, w.clock, log_) {
    join_world();
}

EvilPeer::~EvilPeer() {
    world.remove(*this);
    stream_.reset();
    listener_.reset();
    shards_.abandon();
    network_.reset();
}

void EvilPeer::join_world() {
    network_ = world.net.host(ip_, shards_);
    hello.protoMin = hello.protoMax = 1;
    hello.name = name_;
    hello.software = "evil";
    hello.guildFormats = {1};
    hello.nowMs = world.clock.unix_ms();
    hello.bootId.fill(ip_.bytes[15]);
    world.resolver.address_rows[name_] = {{ip_}};
    world.resolver.service_rows["_guildhall._tcp." + name_] = {{.host = name_, .port = kPort}};
    world.add(*this);
}

// -- Links ----------------------------------------------------------------------------------------

f::LinkStart EvilPeer::start_of(f::LinkRole role, std::optional<f::Hash32> expected) {
    f::LinkStart start;
    start.role = role;
    start.identity = &identity_;
    start.hello = hello;
    start.expected_uid = expected;
    start.ephemeral.fill(static_cast<std::uint8_t>(ip_.bytes[15] + ++links_ * 16));
    start.now = world.clock.now();
    return start;
}

bool EvilPeer::connect(FedNode& node) {
    hang_up();
    auto dialing = [](base::Network& net, base::Shard& shard, base::Endpoint to)
        -> base::Task<base::Result<std::unique_ptr<base::ByteStream>>> {
        co_return co_await net.dial(shard, to, 5s);
    };
    auto stream = world.wait(shards_.at(0),
                             dialing(*network_, shards_.at(0), base::Endpoint{node.ip(), kPort}));
    if (!stream) return false;
    take(std::move(*stream));
    return true;
}

bool EvilPeer::dial(FedNode& node, std::optional<f::Hash32> expected) {
    if (!connect(node)) return false;
    link_ = std::make_unique<f::Link>(start_of(f::LinkRole::dialer, expected));
    settle();
    return true;
}

void EvilPeer::open(FedNode& node) {
    if (!dial(node)) throw std::runtime_error(name_ + " cannot reach " + node.name());
    if (!world.run_until([&] { return is_open() || closed; }, 15s) || !is_open()) {
        throw std::runtime_error(name_ + " has no link: " +
                                 (closed ? closed->problem.text : "silence") + "\n" + world.logs());
    }
}

void EvilPeer::listen() {
    auto accept = [this](base::Shard&, std::unique_ptr<base::ByteStream> stream) {
        hang_up();
        link_ = std::make_unique<f::Link>(start_of(f::LinkRole::listener, {}));
        take(std::move(stream));
        settle();
    };
    auto listener = network_->listen(base::Endpoint{ip_, kPort}, accept);
    if (!listener) throw std::runtime_error(name_ + " cannot listen");
    listener_ = std::move(*listener);
}

void EvilPeer::take(std::unique_ptr<base::ByteStream> stream) {
    stream_ = std::move(stream);
    closed.reset();
    established.reset();
    stream_->when_readable([this] { read(); });
}

void EvilPeer::hang_up() {
    shards_.at(0).timers().cancel(timer_);
    stream_.reset();
    link_.reset();
    output_.clear();
}

void EvilPeer::write(std::string_view bytes) {
    output_ += bytes;
    flush();
}

void EvilPeer::read() {
    std::array<char, 16384> buffer{};
    for (;;) {
        if (!stream_) return;
        const auto got = stream_->try_read(buffer);
        if (got.state == IoState::would_block) {
            stream_->when_readable([this] { read(); });
            break;
        }
        if (got.state != IoState::ok) {
            stream_.reset();
            break;
        }
        if (link_) {
            link_->receive(f::ByteView(std::string_view(buffer.data(), got.bytes)),
                           world.clock.now());
        } else {
            raw.append(buffer.data(), got.bytes);
        }
    }
    settle();
}

void EvilPeer::settle() {
    if (!link_) return;
    for (f::LinkEvent& event : link_->take_events()) {
        if (auto* up = std::get_if<f::Established>(&event)) established = std::move(*up);
        if (auto* end = std::get_if<f::Closed>(&event)) closed = std::move(*end);
        if (auto* got = std::get_if<f::Received>(&event)) {
            if (grants) link_->grant(got->traffic_class, got->cost);
            received.push_back(std::move(got->frame));
            if (react) react(f::Frame(received.back()));
            if (!link_) return;
        }
    }
    flush();
    base::TimerQueue& timers = shards_.at(0).timers();
    timers.cancel(timer_);
    if (const auto at = link_->next_deadline()) {
        timer_ = timers.schedule(*at, [this] {
            timer_ = {};
            if (link_) link_->tick(world.clock.now());
            settle();
        });
    }
}

void EvilPeer::flush() {
    while (stream_) {
        if (output_.empty() && link_) output_ = link_->take_output(world.clock.now());
        if (output_.empty()) return;
        const auto put = base::try_write(*stream_, output_);
        if (put.state == IoState::would_block) {
            stream_->when_writable([this] { flush(); });
            return;
        }
        if (put.state != IoState::ok) {
            stream_.reset();
            return;
        }
        if (record) record->append(output_, 0, put.bytes);
        output_.erase(0, put.bytes);
    }
}

// -- Frames ---------------------------------------------------------------------------------------

bool EvilPeer::send(f::FrameBody body, std::uint64_t id) {
    if (!is_open()) return false;
    const bool queued = link_->send({id, std::move(body)}) == f::SendResult::queued;
    settle();
    return queued;
}

std::optional<f::FrameBody> EvilPeer::ask(f::FrameBody question, base::Nanos limit) {
    if (!is_open()) return std::nullopt;
    const std::uint64_t id = link_->next_request_id();
    const std::size_t before = received.size();
    if (!send(std::move(question), id)) return std::nullopt;
    std::optional<f::FrameBody> out;
    world.run_until(
        [&] {
            for (std::size_t i = before; i < received.size() && !out; ++i) {
                if (received[i].id == id) out = received[i].body;
            }
            return out.has_value() || closed.has_value();
        },
        limit);
    return out;
}

f::ProblemCode EvilPeer::refusal(f::FrameBody question) {
    const auto answer = ask(std::move(question));
    const auto* problem = answer ? std::get_if<f::Problem>(&*answer) : nullptr;
    return problem ? problem->code : f::ProblemCode::none;
}

bool EvilPeer::poll_one() {
    base::Shard& shard = shards_.at(0);
    shard.io().restart();
    return shard.io().poll_one() != 0 || shard.timers().run_due() != 0;
}

std::optional<base::Nanos> EvilPeer::next_deadline() {
    return shards_.at(0).timers().next_deadline();
}

// -- Users ----------------------------------------------------------------------------------------

EvilUser::EvilUser(const EvilPeer& home, std::string user_name, std::uint8_t number)
    : key(key_of(number)), name(std::move(user_name)) {
    f::UserGenesis birth;
    birth.created_ms = home.world.clock.unix_ms() - 1'000'000;
    birth.nonce.fill(number);
    birth.signing_key = key.public_key();
    birth.home_node_uid = home.uid();
    birth.next_key_commit =
        f::key_commit(key_of(static_cast<std::uint8_t>(number + 100)).public_key());
    const f::SignedGenesis made = f::sign(f::Genesis(birth), key);
    genesis = f::encode(made);
    uid = f::uid_of(made.bytes);
    id = protocol::id_cast<protocol::UserId>(*f::derived_id(uid, birth.created_ms));
    f::Profile shown;
    shown.user_id = id.value;
    shown.user_uid = uid;
    shown.home_uid = home.uid();
    shown.version = 1;
    // No honest node can even write a name that may not be: it is put in afterwards.
    shown.username = std::string(name.size(), 'a');
    std::string bytes = f::encode(shown);
    bytes.replace(bytes.find(shown.username), name.size(), name);
    profile = f::encode(f::sign_bytes(std::move(bytes), f::Domain::profile, home.key()));
}

}  // namespace guildhall::tests
