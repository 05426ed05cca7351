#include "node/base/resolver.h"

#include "tests/catch.h"
#include "tests/support/loop.h"

#include <arpa/inet.h>
#include <functional>
#include <optional>
#include <sys/socket.h>
#include <unistd.h>

using namespace guildhall::base;
using namespace std::chrono_literals;
using guildhall::tests::Loop;

namespace {

constexpr unsigned kTypeA = 1;
constexpr unsigned kTypeAaaa = 28;
constexpr unsigned kTypeSrv = 33;

std::string number16(unsigned value) {
    return {static_cast<char>(value >> 8), static_cast<char>(value & 0xff)};
}

std::string v4(unsigned a, unsigned b, unsigned c, unsigned d) {
    return {static_cast<char>(a), static_cast<char>(b), static_cast<char>(c), static_cast<char>(d)};
}

std::string v6(const char* text) {
    const IpAddress ip = *IpAddress::parse(text);
    return {reinterpret_cast<const char*>(ip.bytes.data()), ip.bytes.size()};
}

std::string srv(unsigned priority, unsigned weight, unsigned port, std::string_view host) {
    std::string data = number16(priority) + number16(weight) + number16(port);
    while (!host.empty()) {
        const auto label = host.substr(0, host.find('.'));
        data += static_cast<char>(label.size());
        data += label;
        host.remove_prefix(std::min(host.size(), label.size() + 1));
    }
    return data + '\0';
}

/// A name server on loopback that answers every question by `answer`: records of the type asked.
class NameServer {
  public:
    using Answer = std::function<std::vector<std::string>(unsigned type)>;

    explicit NameServer(Answer answer)
        : answer_(std::move(answer)), fd_(::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t bytes = sizeof address;
        REQUIRE(::bind(fd_, reinterpret_cast<sockaddr*>(&address), bytes) == 0);
        ::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &bytes);
        port_ = ntohs(address.sin_port);
    }
    ~NameServer() { ::close(fd_); }
    NameServer(const NameServer&) = delete;
    NameServer& operator=(const NameServer&) = delete;

    CaresOptions options() const {
        CaresOptions options;
        options.servers = "127.0.0.1:" + std::to_string(port_);
        return options;
    }
    void run() {
        char query[512];
        sockaddr_in from{};
        socklen_t bytes = sizeof from;
        for (;;) {
            const auto got =
                ::recvfrom(fd_, query, sizeof query, 0, reinterpret_cast<sockaddr*>(&from), &bytes);
            if (got < 17) return;
            ++asked;
            const std::string reply = reply_to({query, static_cast<std::size_t>(got)});
            ::sendto(fd_, reply.data(), reply.size(), 0, reinterpret_cast<sockaddr*>(&from), bytes);
        }
    }

    int asked = 0;
    /// Of all answers; 3 is "no such name".
    unsigned code = 0;

  private:
    std::string reply_to(const std::string& query) {
        const std::size_t name_end = query.find('\0', 12);
        const unsigned type = static_cast<unsigned char>(query[name_end + 2]);
        const auto records = code == 0 ? answer_(type) : std::vector<std::string>();
        std::string reply = query.substr(0, 2) + number16(0x8180 | code) + number16(1) +
                            number16(static_cast<unsigned>(records.size())) + number16(0) +
                            number16(0) + query.substr(12, name_end + 5 - 12);
        for (const std::string& data : records) {
            reply += number16(0xc00c) + number16(type) + number16(1) + number16(0) + number16(60) +
                     number16(static_cast<unsigned>(data.size())) + data;
        }
        return reply;
    }

    Answer answer_;
    int fd_;
    int port_ = 0;
};

/// Runs `task` against the server; the kernel needs its moment.
template <class T>
Result<T> ask(Loop& loop, NameServer& server, Task<Result<T>> task) {
    std::optional<Result<T>> result;
    auto keep = [](Task<Result<T>> inner, std::optional<Result<T>>* out) -> Task<void> {
        out->emplace(co_await std::move(inner));
    };
    loop.shard().spawn("ask", keep(std::move(task), &result));
    for (int i = 0; i < 20'000 && !result; ++i) {
        loop.run();
        server.run();
        ::usleep(100);
    }
    REQUIRE(result);
    CHECK(loop.shard().timers().size() == 0);
    return std::move(*result);
}

}  // namespace

TEST_CASE("a host name is no number in disguise") {
    for (const char* name : {"example.org",
                             "localhost",
                             "a-b.c",
                             "xn--bcher-kva.example",
                             "1.2.3.4.example",
                             "3com.com",
                             "0x7f.example"}) {
        INFO(name);
        CHECK(is_host_name(name));
    }
    for (const char* name : {"",
                             ".",
                             "0x7f.1",
                             "2130706433",
                             "017700000001",
                             "0177.0.0.1",
                             "127.1",
                             "1.2.3.4",
                             "0x7f000001",
                             "127.0.0.0x1",
                             "127.0.0.1.",
                             "example.org.",
                             "a..b",
                             "-a.b",
                             "a-.b",
                             "a_b.c",
                             "a b",
                             "a%2eb",
                             "[::1]",
                             "\xc3\xbcmlaut.example"}) {
        INFO(name);
        CHECK(!is_host_name(name));
    }
    const std::string label(63, 'a');
    CHECK(is_host_name(label + ".b"));
    CHECK(!is_host_name(label + "a.b"));
    const std::string longest = label + "." + label + "." + label + "." + label.substr(2);
    CHECK(longest.size() == 253);
    CHECK(is_host_name(longest));
    CHECK(!is_host_name(longest + "a"));
}

TEST_CASE("a literal is an endpoint without a question, a disguised one is none") {
    Loop loop;
    TableResolver table;
    table.address_rows["node.example"] = {{*IpAddress::parse("192.0.2.1")}};
    const auto get = [&](const char* text) {
        return loop.wait(resolve(table, loop.shard(), *parse_host_port(text, 443), 1s));
    };
    CHECK(get("192.0.2.7:8447").value() == std::vector{*Endpoint::parse("192.0.2.7:8447")});
    CHECK(get("[2001:db8::1]").value() == std::vector{*Endpoint::parse("[2001:db8::1]:443")});
    CHECK(table.asked.empty());
    CHECK(get("node.example:1").value() == std::vector{*Endpoint::parse("192.0.2.1:1")});
    CHECK(!get("other.example"));
    CHECK(table.asked == std::vector<std::string>{"node.example", "other.example"});
    for (const char* text : {"[::ffff:127.0.0.1]:1", "0x7f.1:1", "2130706433:1", "0177.0.0.1:1"}) {
        INFO(text);
        const auto refused = get(text);
        REQUIRE(!refused);
        CHECK(refused.error().status == 400);
    }
    CHECK(table.asked.size() == 2);
}

TEST_CASE("services are tried by priority, and by weight within one") {
    SeededRng rng(3);
    int heavy_first = 0;
    for (int i = 0; i < 1000; ++i) {
        std::vector<Service> services{
            {"backup", 1, 20, 0}, {"light", 1, 10, 10}, {"heavy", 1, 10, 90}, {"never", 1, 10, 0}};
        order_services(services, rng);
        CHECK(services.back().host == "backup");
        heavy_first += services.front().host == "heavy";
    }
    CHECK(heavy_first > 850);
    CHECK(heavy_first < 950);
    std::vector<Service> none;
    order_services(none, rng);
}

TEST_CASE("c-ares gives both kinds of addresses, none in disguise, and no more than the bound") {
    Loop loop;
    SystemRng rng;
    std::vector<std::string> fours{v4(192, 0, 2, 1), v4(192, 0, 2, 2), v4(192, 0, 2, 1)};
    NameServer server([&](unsigned type) {
        if (type == kTypeA) return fours;
        CHECK(type == kTypeAaaa);
        return std::vector{v6("2001:db8::5"), v6("::ffff:127.0.0.1")};
    });
    CaresResolver resolver(rng, server.options());
    auto found = ask(loop, server, resolver.addresses(loop.shard(), "node.example", 5s));
    REQUIRE(found);
    std::vector<std::string> texts;
    for (const IpAddress& ip : *found) texts.push_back(ip.str());
    std::sort(texts.begin(), texts.end());
    CHECK(texts == std::vector<std::string>{"192.0.2.1", "192.0.2.2", "2001:db8::5"});
    CHECK(server.asked == 2);

    for (unsigned i = 0; i < 22; ++i) fours.push_back(v4(198, 51, 100, i));
    found = ask(loop, server, resolver.addresses(loop.shard(), "node.example", 5s));
    REQUIRE(found);
    CHECK(found->size() == kAddressesMax);
}

TEST_CASE("c-ares says that a name does not exist, by its name") {
    Loop loop;
    SystemRng rng;
    NameServer server([](unsigned) { return std::vector<std::string>{}; });
    CaresResolver resolver(rng, server.options());
    const auto empty = ask(loop, server, resolver.addresses(loop.shard(), "node.example", 5s));
    REQUIRE(!empty);
    CHECK(empty.error().status == 502);
    server.code = 3;
    const auto none = ask(loop, server, resolver.addresses(loop.shard(), "node.example", 5s));
    REQUIRE(!none);
    CHECK(none.error().message.find("node.example: ") == 0);
    const auto services =
        ask(loop, server, resolver.services(loop.shard(), "_guildhall._tcp.node.example", 5s));
    REQUIRE(services);
    CHECK(services->empty());
    const int asked = server.asked;
    const auto number = ask(loop, server, resolver.addresses(loop.shard(), "0x7f.1", 5s));
    REQUIRE(!number);
    CHECK(number.error().status == 400);
    CHECK(server.asked == asked);
}

TEST_CASE("c-ares gives services in order and drops those that are no hosts") {
    Loop loop;
    SystemRng rng;
    NameServer server([](unsigned type) {
        CHECK(type == kTypeSrv);
        return std::vector{srv(20, 0, 8448, "second.example"),
                           srv(10, 5, 8447, "first.example"),
                           srv(1, 0, 22, "0x7f.1"),
                           srv(1, 0, 0, "zero.example"),
                           srv(0, 0, 1, "")};
    });
    CaresResolver resolver(rng, server.options());
    const auto found =
        ask(loop, server, resolver.services(loop.shard(), "_guildhall._tcp.node.example", 5s));
    REQUIRE(found);
    const std::vector<Service> expected{{"first.example", 8447, 10, 5},
                                        {"second.example", 8448, 20, 0}};
    CHECK(*found == expected);
}

TEST_CASE("a name server that says nothing costs the time that was given, and nothing after it") {
    Loop loop;
    SystemRng rng;
    NameServer silent([](unsigned) { return std::vector<std::string>{}; });
    CaresResolver resolver(rng, silent.options());
    const auto found = loop.wait(resolver.addresses(loop.shard(), "node.example", 3s), 3s);
    REQUIRE(!found);
    CHECK(found.error().status == 504);
    CHECK(loop.shard().timers().size() == 0);
    // Under way when the shard goes.
    Loop other;
    auto ignore = [](Task<Result<std::vector<IpAddress>>> task) -> Task<void> {
        (void)co_await std::move(task);
    };
    other.shard().spawn("ask", ignore(resolver.addresses(other.shard(), "node.example", 3s)));
    other.run();
}

TEST_CASE("more questions at once than the bound are refused") {
    Loop loop;
    SystemRng rng;
    NameServer silent([](unsigned) { return std::vector<std::string>{}; });
    auto options = silent.options();
    options.queries_max = 2;
    CaresResolver resolver(rng, options);
    std::vector<int> statuses;
    auto keep = [](CaresResolver* by, Shard* shard, std::vector<int>* out) -> Task<void> {
        const auto found = co_await by->addresses(*shard, "node.example", 1s);
        out->push_back(found ? 200 : found.error().status);
    };
    for (int i = 0; i < 3; ++i) {
        loop.shard().spawn("ask", keep(&resolver, &loop.shard(), &statuses));
    }
    loop.run();
    CHECK(statuses == std::vector<int>{503});
    loop.advance(1s);
    CHECK(statuses == std::vector<int>{503, 504, 504});
}
