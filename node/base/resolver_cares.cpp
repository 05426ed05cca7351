// CaresResolver: one channel of c-ares per question, driven by the shard's loop. A channel reads
// the system's configuration when it is made, so that a change of name servers needs no restart.
#include "node/base/resolver.h"
#include "node/base/wait.h"

#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include <algorithm>
#include <ares.h>
#include <arpa/nameser.h>
#include <atomic>
#include <cstring>
#include <map>
#include <netdb.h>
#include <netinet/in.h>
#include <optional>
#include <utility>

namespace guildhall::base {

struct CaresResolver::Shared {
    Rng& rng;
    CaresOptions options;
    std::atomic<unsigned> queries{0};
};

namespace {

/// Of one try of one server; a lost datagram is asked for again after it.
constexpr int kTryMs = 1000;
constexpr int kTries = 3;
/// How often c-ares looks at its own clock.
constexpr Nanos kTick = std::chrono::milliseconds(200);

Error no_such_name(const std::string& name, int status) {
    return Error{.status = status == ARES_ETIMEOUT ? 504 : 502,
                 .message = name + ": " + ares_strerror(status)};
}

/// Counts itself for as long as it lives.
class Slot {
  public:
    explicit Slot(std::atomic<unsigned>& count) : count_(count), number_(++count) {}
    ~Slot() { --count_; }
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;
    unsigned number() const { return number_; }

  private:
    std::atomic<unsigned>& count_;
    unsigned number_;
};

/// One channel with its sockets; one question. On its shard only.
class Channel {
  public:
    explicit Channel(Shard& shard) : shard_(shard) {}
    ~Channel() {
        if (channel_ != nullptr) ares_destroy(channel_);  // Closes its sockets; see on_sockets.
        shard_.timers().cancel(tick_);
    }
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    bool open(const std::string& servers) {
        ares_options options{};
        // Names mean what they say: no search domains, no aliases from the environment.
        options.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES;
        options.timeout = kTryMs;
        options.tries = kTries;
        options.sock_state_cb = on_sockets;
        options.sock_state_cb_data = this;
        const int mask =
            ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB;
        if (ares_init_options(&channel_, &options, mask) != ARES_SUCCESS) {
            channel_ = nullptr;
            return false;
        }
        return servers.empty() ||
               ares_set_servers_ports_csv(channel_, servers.c_str()) == ARES_SUCCESS;
    }

    ares_channel get() { return channel_; }

    /// The question was asked: time goes on.
    void start_ticking() {
        tick_ = shard_.timers().schedule_after(kTick, [this] {
            tick_ = {};
            start_ticking();
            process(ARES_SOCKET_BAD, ARES_SOCKET_BAD);
        });
    }

  private:
    using Watched = boost::asio::posix::basic_stream_descriptor<Executor>;
    struct Socket {
        explicit Socket(Shard& shard) : descriptor(shard.io()) {}
        ~Socket() { let_go(); }
        /// c-ares closes what it opened.
        void let_go() {
            reads = writes = false;
            if (descriptor.is_open()) descriptor.release();
        }
        Watched descriptor;
        bool reads = false;  // Wanted by c-ares.
        bool writes = false;
        bool waits_read = false;
        bool waits_write = false;
    };

    static void on_sockets(void* data, ares_socket_t fd, int readable, int writable) {
        static_cast<Channel*>(data)->watch(fd, readable != 0, writable != 0);
    }

    void watch(ares_socket_t fd, bool readable, bool writable) {
        if (!readable && !writable) {
            const auto at = sockets_.find(fd);
            if (at == sockets_.end()) return;
            // Now, because c-ares closes it next and somebody else may get the number.
            at->second->let_go();
            sockets_.erase(at);
            return;
        }
        auto& socket = sockets_[fd];
        if (!socket) {
            socket = std::make_shared<Socket>(shard_);
            boost::system::error_code failed;
            socket->descriptor.assign(fd, failed);
            if (failed) return;  // The question ends by its deadline.
        }
        socket->reads = readable;
        socket->writes = writable;
        wait(fd, socket);
    }

    void wait(ares_socket_t fd, const std::shared_ptr<Socket>& socket) {
        const std::weak_ptr<Socket> weak = socket;
        if (socket->reads && !std::exchange(socket->waits_read, true)) {
            socket->descriptor.async_wait(Watched::wait_read,
                                          [this, fd, weak](boost::system::error_code failed) {
                                              const auto alive = weak.lock();
                                              if (!alive || failed) return;
                                              alive->waits_read = false;
                                              ready(fd, alive, true);
                                          });
        }
        if (socket->writes && !std::exchange(socket->waits_write, true)) {
            socket->descriptor.async_wait(Watched::wait_write,
                                          [this, fd, weak](boost::system::error_code failed) {
                                              const auto alive = weak.lock();
                                              if (!alive || failed) return;
                                              alive->waits_write = false;
                                              ready(fd, alive, false);
                                          });
        }
    }

    void ready(ares_socket_t fd, const std::shared_ptr<Socket>& socket, bool to_read) {
        const std::weak_ptr<char> alive = alive_;
        const bool wanted = to_read ? socket->reads : socket->writes;
        if (wanted) process(to_read ? fd : ARES_SOCKET_BAD, to_read ? ARES_SOCKET_BAD : fd);
        if (alive.expired()) return;
        const auto at = sockets_.find(fd);
        if (at != sockets_.end() && at->second == socket) wait(fd, socket);
    }

    /// What the question's callback resumes may destroy this, so it only notes the answer.
    void process(ares_socket_t read, ares_socket_t write) {
        ares_process_fd(channel_, read, write);
    }

    Shard& shard_;
    ares_channel channel_ = nullptr;
    std::map<ares_socket_t, std::shared_ptr<Socket>> sockets_;
    TimerId tick_;
    std::shared_ptr<char> alive_ = std::make_shared<char>();
};

/// What c-ares answered; the callback may come while the question is being asked, and while the
/// channel is destroyed.
template <class T>
struct Answer {
    explicit Answer(Shard& on) : shard(on) {}

    void came(int code) {
        status = code;
        // Later, because c-ares is still at work in the channel that the waiter destroys.
        if (wake) shard.post(std::exchange(wake, nullptr));
    }

    Shard& shard;
    std::optional<int> status;
    T value;
    Wake wake;
};

using Ips = std::vector<IpAddress>;

void on_addresses(void* data, int status, int, ares_addrinfo* found) {
    auto& answer = *static_cast<Answer<Ips>*>(data);
    for (auto* node = found != nullptr ? found->nodes : nullptr;
         node != nullptr && answer.value.size() < kAddressesMax;
         node = node->ai_next) {
        IpAddress ip;
        if (node->ai_family == AF_INET) {
            const auto* four = reinterpret_cast<const sockaddr_in*>(node->ai_addr);
            ip = IpAddress::v4(ntohl(four->sin_addr.s_addr));
        } else if (node->ai_family == AF_INET6) {
            const auto* six = reinterpret_cast<const sockaddr_in6*>(node->ai_addr);
            std::memcpy(ip.bytes.data(), &six->sin6_addr, 16);
            if (ip.is_v4()) continue;  // A v4 address in disguise.
        } else {
            continue;
        }
        const auto same = std::find(answer.value.begin(), answer.value.end(), ip);
        if (same == answer.value.end()) answer.value.push_back(ip);
    }
    if (found != nullptr) ares_freeaddrinfo(found);
    answer.came(status);
}

void on_services(void* data, int status, int, unsigned char* bytes, int length) {
    auto& answer = *static_cast<Answer<std::vector<Service>>*>(data);
    ares_srv_reply* first = nullptr;
    if (status == ARES_SUCCESS) status = ares_parse_srv_reply(bytes, length, &first);
    for (auto* row = first; row != nullptr && answer.value.size() < kServicesMax; row = row->next) {
        // "." says that there is no such service; it is no host name, as nothing else odd is.
        if (!is_host_name(row->host) || row->port == 0) continue;
        answer.value.push_back({row->host, row->port, row->priority, row->weight});
    }
    if (first != nullptr) ares_free_data(first);
    answer.came(status);
}

/// Asks by `ask(channel, answer)` and waits.
template <class T, class Ask>
Task<Result<int>> question(
    Shard& shard, std::string servers, Answer<T>& answer, Nanos limit, Ask ask) {
    const Deadline deadline = Deadline::after(shard.clock(), limit);
    Channel channel(shard);
    if (!channel.open(servers)) {
        co_return Error{.status = 502, .message = "the resolver cannot be set up"};
    }
    ask(channel.get(), &answer);
    if (!answer.status) {
        channel.start_ticking();
        std::function<void(Wake)> start = [&answer](Wake wake) { answer.wake = std::move(wake); };
        co_await wait_until_woken(shard, deadline, std::move(start));
    }
    answer.wake = nullptr;
    co_return answer.status ? *answer.status : ARES_ETIMEOUT;
}

}  // namespace

CaresResolver::CaresResolver(Rng& rng, CaresOptions options)
    : shared_(new Shared{rng, std::move(options), {}}) {
    ares_library_init(ARES_LIB_INIT_ALL);
}

CaresResolver::~CaresResolver() { ares_library_cleanup(); }

Task<Result<std::vector<IpAddress>>> CaresResolver::addresses(Shard& shard,
                                                              std::string name,
                                                              Nanos limit) {
    const auto shared = shared_;
    const Slot slot(shared->queries);
    if (slot.number() > shared->options.queries_max) {
        co_return Error{.status = 503, .message = "too many names are being resolved"};
    }
    if (!is_host_name(name)) co_return Error{.status = 400, .message = name + " is no host name"};
    Answer<Ips> answer(shard);
    const auto ask = [&name](ares_channel channel, Answer<Ips>* into) {
        ares_addrinfo_hints hints{};
        hints.ai_family = AF_UNSPEC;
        hints.ai_socktype = SOCK_STREAM;
        ares_getaddrinfo(channel, name.c_str(), nullptr, &hints, on_addresses, into);
    };
    const std::string servers = shared->options.servers;
    CO_TRY(const int status, co_await question(shard, servers, answer, limit, ask));
    if (answer.value.empty()) {
        co_return no_such_name(name, status == ARES_SUCCESS ? ARES_ENODATA : status);
    }
    co_return std::move(answer.value);
}

Task<Result<std::vector<Service>>> CaresResolver::services(Shard& shard,
                                                           std::string name,
                                                           Nanos limit) {
    const auto shared = shared_;
    const Slot slot(shared->queries);
    if (slot.number() > shared->options.queries_max) {
        co_return Error{.status = 503, .message = "too many names are being resolved"};
    }
    Answer<std::vector<Service>> answer(shard);
    const auto ask = [&name](ares_channel channel, Answer<std::vector<Service>>* into) {
        ares_query(channel, name.c_str(), ns_c_in, ns_t_srv, on_services, into);
    };
    const std::string servers = shared->options.servers;
    CO_TRY(const int status, co_await question(shard, servers, answer, limit, ask));
    const bool has_none = status == ARES_ENODATA || status == ARES_ENOTFOUND;
    if (status != ARES_SUCCESS && !has_none) co_return no_such_name(name, status);
    order_services(answer.value, shared->rng);
    co_return std::move(answer.value);
}

}  // namespace guildhall::base
