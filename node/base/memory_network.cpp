#include "node/base/memory_network.h"

#include "node/base/memory_stream.h"
#include "node/base/rng.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace guildhall::base {
namespace {

/// What one direction of a connection holds under way before its writer would block.
constexpr std::size_t kUnderWayMax = 256 * 1024;
/// What each end holds.
constexpr std::size_t kEndBytes = 256 * 1024;
constexpr unsigned kFirstFreePort = 49152;

using IpBytes = std::array<std::uint8_t, 16>;
using Route = std::pair<IpBytes, IpBytes>;
using Port = std::pair<IpBytes, std::uint16_t>;

}  // namespace

struct MemoryNetwork::Core {
    struct Listening {
        Shards* shards;
        Network::OnAccept on_accept;
        std::uint64_t number;
        unsigned next = 0;
    };

    explicit Core(std::uint64_t seed) : rng(seed) {}

    bool is_blocked(const IpAddress& from, const IpAddress& to) const {
        return blocked.contains({from.bytes, to.bytes});
    }
    bool happens(unsigned permille) { return permille != 0 && rng.below(1000) < permille; }
    Nanos delay() {
        const auto spread = (faults.delay_max - faults.delay_min).count();
        if (spread <= 0) return faults.delay_min;
        return faults.delay_min +
               Nanos(static_cast<Nanos::rep>(rng.below(static_cast<std::uint64_t>(spread) + 1)));
    }
    std::uint16_t free_port() {
        last_port =
            last_port < kFirstFreePort || last_port >= 0xffff ? kFirstFreePort : last_port + 1;
        return static_cast<std::uint16_t>(last_port);
    }
    template <class Match>
    void lose_if(Match match);
    void forget(std::uint64_t number) { connections.erase(number); }

    SeededRng rng;
    MemoryFaults faults;
    std::set<Route> blocked;
    std::map<Port, Listening> listeners;
    /// In the order they were made, so that one seed gives one run.
    std::map<std::uint64_t, std::shared_ptr<Connection>> connections;
    std::uint64_t last_connection = 0;
    std::uint64_t last_listener = 0;
    unsigned last_port = 0;
};

/// One connection: the network's ends of two pairs of streams, and what is under way between them.
class MemoryNetwork::Connection : public std::enable_shared_from_this<Connection> {
  public:
    struct Side {
        Shard& shard;
        IpAddress ip;
        std::unique_ptr<ByteStream> stream;
    };

    Connection(Core& core, std::uint64_t number, Side dialer, Side acceptor)
        : core_(core), number_(number), sides_{std::move(dialer), std::move(acceptor)} {}
    ~Connection() {
        for (std::size_t i = 0; i < 2; ++i) target(i).shard.timers().cancel(flows_[i].timer);
    }

    void start() {
        take(0);
        take(1);
    }
    bool is_between(const IpAddress& a, const IpAddress& b) const {
        return (sides_[0].ip == a && sides_[1].ip == b) || (sides_[0].ip == b && sides_[1].ip == a);
    }
    bool touches(const IpAddress& ip) const { return sides_[0].ip == ip || sides_[1].ip == ip; }
    /// What a partition held back may go on.
    void go_on() {
        const auto self = shared_from_this();
        give(0);
        give(1);
    }

  private:
    struct Piece {
        Nanos due;
        std::string bytes;  // Empty: the sender has finished.
    };
    /// From side i to the other.
    struct Flow {
        std::deque<Piece> pieces;
        std::size_t bytes = 0;
        Nanos last_due{0};
        bool finished = false;  // The end was taken.
        bool ended = false;     // And given.
        TimerId timer;
    };

    Side& target(std::size_t i) { return sides_[1 - i]; }

    /// Takes from side i what it has sent, as far as there is room.
    void take(std::size_t i) {
        Flow& flow = flows_[i];
        while (!flow.finished && flow.bytes < kUnderWayMax) {
            std::string bytes(1 + core_.rng.below(core_.faults.piece_bytes_max), '\0');
            const IoResult got = sides_[i].stream->try_read(bytes);
            if (got.state == IoState::would_block) {
                sides_[i].stream->when_readable([weak = weak_from_this(), i] {
                    if (const auto self = weak.lock()) self->take(i);
                });
                break;
            }
            if (got.state == IoState::failed || core_.happens(core_.faults.cut_permille)) {
                return lose();
            }
            flow.finished = got.state == IoState::end;
            bytes.resize(flow.finished ? 0 : got.bytes);
            flow.bytes += bytes.size();
            flow.last_due = std::max(flow.last_due, target(i).shard.clock().now() + core_.delay());
            flow.pieces.push_back({flow.last_due, std::move(bytes)});
        }
        give(i);
    }

    /// Gives the other side what has arrived.
    void give(std::size_t i) {
        Flow& flow = flows_[i];
        target(i).shard.timers().cancel(flow.timer);
        const std::size_t before = flow.bytes;
        IoState state = IoState::ok;
        while (state == IoState::ok && has_arrived(i)) state = give_piece(i);
        if (state == IoState::failed || (flows_[0].ended && flows_[1].ended)) return lose();
        const ByteStream::Callback again = [weak = weak_from_this(), i] {
            if (const auto self = weak.lock()) self->give(i);
        };
        if (state == IoState::would_block) {
            target(i).stream->when_writable(again);
        } else if (!flow.pieces.empty() && !is_blocked(i)) {
            flow.timer = target(i).shard.timers().schedule(flow.pieces.front().due, again);
        }
        // The sender was not listened to while too much was under way.
        if (before >= kUnderWayMax && flow.bytes < kUnderWayMax) take(i);
    }

    bool is_blocked(std::size_t i) { return core_.is_blocked(sides_[i].ip, target(i).ip); }
    bool has_arrived(std::size_t i) {
        const Flow& flow = flows_[i];
        return !flow.pieces.empty() && !is_blocked(i) &&
               flow.pieces.front().due <= target(i).shard.clock().now();
    }

    /// As much of the first piece as the other side takes.
    IoState give_piece(std::size_t i) {
        Flow& flow = flows_[i];
        Piece& piece = flow.pieces.front();
        if (piece.bytes.empty()) {
            target(i).stream->shutdown_send();
            flow.ended = true;
            flow.pieces.pop_front();
            return IoState::ok;
        }
        const IoResult put = try_write(*target(i).stream, piece.bytes);
        if (put.state != IoState::ok) return put.state;
        flow.bytes -= put.bytes;
        piece.bytes.erase(0, put.bytes);
        if (piece.bytes.empty()) flow.pieces.pop_front();
        return IoState::ok;
    }

    /// Both sides find the connection closed. The caller holds this by a callback's reference or
    /// knows that it may be gone.
    void lose() {
        const auto self = shared_from_this();
        for (Side& side : sides_) side.stream->close();
        core_.forget(number_);
    }

    friend class MemoryNetwork;

    Core& core_;
    std::uint64_t number_;
    std::array<Side, 2> sides_;
    std::array<Flow, 2> flows_;
};

template <class Match>
void MemoryNetwork::Core::lose_if(Match match) {
    std::vector<std::shared_ptr<Connection>> lost;
    for (const auto& [number, connection] : connections) {
        if (match(*connection)) lost.push_back(connection);
    }
    for (const auto& connection : lost) connection->lose();
}

class MemoryNetwork::HostListener final : public Listener {
  public:
    HostListener(std::shared_ptr<Core> core, const Endpoint& where, std::uint64_t number)
        : core_(std::move(core)), where_(where), number_(number) {}
    ~HostListener() override { stop(); }
    Endpoint local() const override { return where_; }
    void stop() override {
        // Not that of a host that crashed and has come back.
        std::erase_if(core_->listeners,
                      [&](const auto& row) { return row.second.number == number_; });
    }

  private:
    std::shared_ptr<Core> core_;
    Endpoint where_;
    std::uint64_t number_;
};

class MemoryNetwork::Host final : public Network {
  public:
    Host(std::shared_ptr<Core> core, const IpAddress& ip, Shards& shards)
        : core_(std::move(core)), ip_(ip), shards_(shards) {}
    ~Host() override { crash(*core_, ip_); }

    Task<Result<std::unique_ptr<ByteStream>>> dial(Shard& shard,
                                                   Endpoint to,
                                                   Nanos limit) override {
        return dial_from(core_, ip_, shard, to, limit);
    }

    Result<std::unique_ptr<Listener>> listen(const Endpoint& where, OnAccept on_accept) override {
        Endpoint bound{ip_, where.port != 0 ? where.port : core_->free_port()};
        const std::uint64_t number = ++core_->last_listener;
        const bool is_new =
            core_->listeners
                .try_emplace({bound.ip.bytes, bound.port},
                             Core::Listening{&shards_, std::move(on_accept), number})
                .second;
        if (!is_new) return Error{.message = bound.str() + ": cannot listen: in use"};
        return std::unique_ptr<Listener>(std::make_unique<HostListener>(core_, bound, number));
    }

    static void crash(Core& core, const IpAddress& ip) {
        std::erase_if(core.listeners, [&](const auto& row) { return row.first.first == ip.bytes; });
        core.lose_if([&](const Connection& connection) { return connection.touches(ip); });
    }

  private:
    /// Holds the core itself: the host may be destroyed while this waits.
    static Task<Result<std::unique_ptr<ByteStream>>> dial_from(
        std::shared_ptr<Core> core, IpAddress from, Shard& shard, Endpoint to, Nanos limit);
    static std::unique_ptr<ByteStream> connect(Core& core,
                                               Core::Listening& listening,
                                               const IpAddress& from,
                                               Shard& shard,
                                               const Endpoint& to);

    std::shared_ptr<Core> core_;
    IpAddress ip_;
    Shards& shards_;
};

Task<Result<std::unique_ptr<ByteStream>>> MemoryNetwork::Host::dial_from(
    std::shared_ptr<Core> core, IpAddress from, Shard& shard, Endpoint to, Nanos limit) {
    const bool lost = core->happens(core->faults.dial_loss_permille) ||
                      core->is_blocked(from, to.ip) || core->is_blocked(to.ip, from);
    const Nanos round_trip = core->delay() + core->delay();
    const Nanos pause = lost ? limit : std::min(round_trip, limit);
    if (pause.count() > 0) co_await shard.timers().sleep_for(pause);
    if (lost || round_trip > limit) {
        co_return Error{.status = 504, .message = to.str() + ": no answer in time"};
    }
    const auto at = core->listeners.find({to.ip.bytes, to.port});
    if (at == core->listeners.end()) {
        co_return Error{.status = 502, .message = to.str() + ": Connection refused"};
    }
    co_return connect(*core, at->second, from, shard, to);
}

std::unique_ptr<ByteStream> MemoryNetwork::Host::connect(Core& core,
                                                         Core::Listening& listening,
                                                         const IpAddress& from,
                                                         Shard& shard,
                                                         const Endpoint& to) {
    Shard& accepting = listening.shards->at(listening.next++ % listening.shards->count());
    MemoryStreamOptions options;
    options.capacity = kEndBytes;
    options.read_chunk = core.faults.piece_bytes_max;
    options.first_peer = to;
    auto [dialed, dialed_end] = make_memory_streams(shard, options);
    options.first_peer = Endpoint{from, core.free_port()};
    auto [accepted, accepted_end] = make_memory_streams(accepting, options);
    const std::uint64_t number = ++core.last_connection;
    const auto connection =
        std::make_shared<Connection>(core,
                                     number,
                                     Connection::Side{shard, from, std::move(dialed_end)},
                                     Connection::Side{accepting, to.ip, std::move(accepted_end)});
    core.connections.emplace(number, connection);
    connection->start();
    // Shared because std::function wants copies.
    auto held = std::make_shared<std::unique_ptr<ByteStream>>(std::move(accepted));
    accepting.post([held, &accepting, on_accept = listening.on_accept] {
        on_accept(accepting, std::move(*held));
    });
    return std::move(dialed);
}

MemoryNetwork::MemoryNetwork(std::uint64_t seed) : core_(std::make_shared<Core>(seed)) {}

MemoryNetwork::~MemoryNetwork() {
    core_->lose_if([](const Connection&) { return true; });
}

void MemoryNetwork::set_faults(const MemoryFaults& faults) { core_->faults = faults; }

std::unique_ptr<Network> MemoryNetwork::host(const IpAddress& ip, Shards& shards) {
    return std::make_unique<Host>(core_, ip, shards);
}

void MemoryNetwork::block(const IpAddress& from, const IpAddress& to) {
    core_->blocked.insert({from.bytes, to.bytes});
}

void MemoryNetwork::partition(const IpAddress& a, const IpAddress& b) {
    block(a, b);
    block(b, a);
}

void MemoryNetwork::heal() {
    core_->blocked.clear();
    std::vector<std::shared_ptr<Connection>> all;
    for (const auto& [number, connection] : core_->connections) all.push_back(connection);
    for (const auto& connection : all) connection->go_on();
}

void MemoryNetwork::cut(const IpAddress& a, const IpAddress& b) {
    core_->lose_if([&](const Connection& connection) { return connection.is_between(a, b); });
}

void MemoryNetwork::crash(const IpAddress& ip) { Host::crash(*core_, ip); }

std::size_t MemoryNetwork::connections() const { return core_->connections.size(); }

}  // namespace guildhall::base
