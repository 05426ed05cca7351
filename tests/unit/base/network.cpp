#include "node/base/network.h"

#include "node/base/wait.h"
#include "tests/catch.h"
#include "tests/support/loop.h"
#include "tests/support/stream_client.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <arpa/inet.h>
#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

using namespace guildhall::base;
using namespace std::chrono_literals;
using guildhall::tests::Loop;
using guildhall::tests::StreamClient;

namespace {

const Endpoint kAnyPort = *Endpoint::parse("127.0.0.1:0");

/// The kernel needs its moment; bounded.
void settle(Loop& loop, const std::function<bool()>& until) {
    for (int i = 0; i < 2000 && !until(); ++i) {
        loop.run();
        ::usleep(until() ? 0 : 100);
    }
}

using Dialed = Result<std::unique_ptr<ByteStream>>;

/// Starts a dial and keeps what it gives.
void dial(Loop& loop, Network& network, Endpoint to, Nanos limit, std::optional<Dialed>& into) {
    auto task =
        [](Loop* on, Network* by, Endpoint where, Nanos patience, std::optional<Dialed>* out)
        -> Task<void> { out->emplace(co_await by->dial(on->shard(), where, patience)); };
    loop.shard().spawn("dial", task(&loop, &network, to, limit, &into));
}

/// A listening socket whose queue is full: what dials it gets no answer.
class DeafPort {
  public:
    DeafPort() : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t bytes = sizeof address;
        REQUIRE(::bind(fd_, reinterpret_cast<sockaddr*>(&address), bytes) == 0);
        REQUIRE(::listen(fd_, 0) == 0);
        ::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &bytes);
        endpoint_ = {IpAddress::v4(INADDR_LOOPBACK), ntohs(address.sin_port)};
        for (int& filler : fillers_) {
            filler = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            const auto* to = reinterpret_cast<const sockaddr*>(&address);
            const int joined = ::connect(filler, to, sizeof address);
            CHECK((joined == 0 || errno == EINPROGRESS));
        }
    }
    ~DeafPort() {
        for (const int filler : fillers_) ::close(filler);
        ::close(fd_);
    }
    DeafPort(const DeafPort&) = delete;
    DeafPort& operator=(const DeafPort&) = delete;
    const Endpoint& endpoint() const { return endpoint_; }

  private:
    int fd_;
    int fillers_[4]{};
    Endpoint endpoint_;
};

}  // namespace

TEST_CASE("a dialed stream and an accepted one are two ends of one connection") {
    Loop loop;
    SystemNetwork network(loop.shards);
    std::unique_ptr<StreamClient> accepted;
    auto listener = network.listen(kAnyPort, [&](Shard&, std::unique_ptr<ByteStream> stream) {
        CHECK(stream->peer().ip.is_loopback());
        accepted = std::make_unique<StreamClient>(std::move(stream));
    });
    REQUIRE(listener);
    std::optional<Dialed> dialed;
    dial(loop, network, (*listener)->local(), 5s, dialed);
    settle(loop, [&] { return dialed && accepted; });
    REQUIRE(dialed);
    REQUIRE(*dialed);
    CHECK((**dialed)->peer() == (*listener)->local());
    StreamClient client(std::move(**dialed));
    client.send("over");
    accepted->send("back");
    settle(loop, [&] { return accepted->received == "over" && client.received == "back"; });
    CHECK(accepted->received == "over");
    CHECK(client.received == "back");
    CHECK(loop.shard().timers().size() == 0);
}

TEST_CASE("a port where nobody listens is refused at once, with its name") {
    Loop loop;
    SystemNetwork network(loop.shards);
    Endpoint gone;
    {
        auto listener = network.listen(kAnyPort, [](Shard&, std::unique_ptr<ByteStream>) {});
        REQUIRE(listener);
        gone = (*listener)->local();
    }
    loop.run();
    std::optional<Dialed> dialed;
    dial(loop, network, gone, 5s, dialed);
    settle(loop, [&] { return dialed.has_value(); });
    REQUIRE(dialed);
    REQUIRE(!*dialed);
    CHECK(dialed->error().status == 502);
    CHECK(dialed->error().message.find(gone.str()) == 0);
    CHECK(loop.shard().timers().size() == 0);
}

TEST_CASE("a dial that gets no answer ends when its time is up") {
    Loop loop;
    SystemNetwork network(loop.shards);
    const DeafPort deaf;
    std::optional<Dialed> dialed;
    dial(loop, network, deaf.endpoint(), 5s, dialed);
    loop.run();
    CHECK(!dialed);
    loop.advance(5s - 1ns);
    CHECK(!dialed);
    loop.advance(1ns);
    REQUIRE(dialed);
    REQUIRE(!*dialed);
    CHECK(dialed->error().status == 504);
}

TEST_CASE("a dial under way ends with its shard and leaves nothing behind") {
    const DeafPort deaf;
    std::optional<Dialed> dialed;
    {
        Loop loop;
        SystemNetwork network(loop.shards);
        dial(loop, network, deaf.endpoint(), 5s, dialed);
        loop.run();
    }
    // AddressSanitizer would name a stream or coroutine that is left.
    CHECK(!dialed);
}

TEST_CASE("a dial ends at once when its caller is cancelled") {
    Loop loop;
    SystemNetwork network(loop.shards);
    const DeafPort deaf;
    boost::asio::cancellation_signal cancel;
    bool ended = false;
    auto task = network.dial(loop.shard(), deaf.endpoint(), 5s);
    const auto done = [&](std::exception_ptr, const Dialed& dialed) {
        CHECK(!dialed);
        ended = true;
    };
    boost::asio::co_spawn(loop.shard().io(),
                          std::move(task),
                          boost::asio::bind_cancellation_slot(cancel.slot(), done));
    loop.run();
    CHECK(!ended);
    cancel.emit(boost::asio::cancellation_type::terminal);
    loop.run();
    CHECK(ended);
    CHECK(loop.shard().timers().size() == 0);
}

TEST_CASE("a wait ends once, by its wake or by its deadline") {
    Loop loop;
    Wake wake;
    std::function<void(Wake)> keep = [&](Wake given) { wake = std::move(given); };
    const Deadline soon = Deadline::after(loop.clock, 1s);
    CHECK(!loop.wait(wait_until_woken(loop.shard(), soon, keep), 1s));
    wake();
    wake();
    const Deadline later = Deadline::after(loop.clock, 1s);
    loop.shard().timers().schedule_after(500ms, [&] { wake(); });
    CHECK(loop.wait(wait_until_woken(loop.shard(), later, keep), 1s));
    wake();
    CHECK(loop.shard().timers().size() == 0);
}
