// Any bytes as what an HTTP client sends, cut in two. Whatever comes, the server answers or closes
// in bounded time, and nothing is served from a connection that was refused.
#include "node/base/http/server.h"
#include "node/base/memory_stream.h"
#include "node/base/ws/codec.h"
#include "protocol/check.h"

#include <cstddef>
#include <cstdint>
#include <string>

using namespace guildhall::base;

namespace {

class NullLog final : public Log {
  public:
    bool enabled(LogLevel) const override { return false; }
    void write(LogLevel,
               std::string_view,
               std::string_view,
               std::initializer_list<LogField>) override {}
};

class Echo final : public http::Handler {
  public:
    std::optional<http::Response> serve_now(http::Request& request) override {
        CHECK(request.body.size() <= 1000);
        CHECK(request.target() == "*" || request.target().starts_with('/'));
        for (const auto& segment : request.segments()) CHECK(segment.size() <= 16 * 1024);
        request.query();
        return http::Response::of(200, "text/plain", request.body);
    }
    Task<http::Response> serve(http::Request&) override { co_return http::Response::empty(); }
    std::size_t body_limit(const http::Request&) const override { return 1000; }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    ManualClock clock(1'700'000'000'000);
    NullLog log;
    Shards shards(1, clock, log);
    SeededRng rng(1);
    Echo echo;
    http::Server server(shards, echo, rng, nullptr);
    auto [ours, theirs] = make_memory_streams(shards.at(0));
    server.attach(shards.at(0), std::move(ours));
    const std::string bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
    const std::size_t cut = (data[0] | data[1] << 8) % (bytes.size() + 1);
    for (const std::string_view part :
         {std::string_view(bytes).substr(0, cut), std::string_view(bytes).substr(cut)}) {
        if (!part.empty()) try_write(*theirs, part);
        shards.poll();
    }
    clock.advance(std::chrono::minutes(10));
    shards.poll();
    clock.advance(std::chrono::minutes(10));
    shards.poll();
    CHECK(server.connections() == 0);
    return 0;
}
