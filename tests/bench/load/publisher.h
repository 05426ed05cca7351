// How messages get to the server: POSTs on keep-alive connections, or, to the gateway floor, frames
// on the first session's socket.
// Owner: the mode that runs. Thread: one.
#pragma once
#include "tests/bench/common/report.h"
#include "tests/bench/load/gateway_session.h"
#include "tests/bench/load/http_client.h"
#include "tests/bench/load/options.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace guildhall::bench {

class Publisher {
  public:
    virtual ~Publisher() = default;
    virtual bool has_room() const = 0;
    virtual void publish(const Marker& marker) = 0;

    // Called once per turn, after all that was published in it.
    virtual void flush() = 0;

    // True when the server has answered everything.
    virtual bool is_settled() const = 0;
    virtual void report(Report& report) = 0;
};

class RestPublisher final : public Publisher {
  public:
    RestPublisher(Poller& poller, const Options& options, int connections);
    bool has_room() const override { return !idle_.empty(); }
    void publish(const Marker& marker) override;
    void flush() override {}
    bool is_settled() const override { return idle_.size() == clients_.size(); }
    void report(Report& report) override;

  private:
    void on_answer(HttpClient& client, const HttpAnswer& answer);

    const Options& options_;
    std::vector<std::unique_ptr<HttpClient>> clients_;
    std::vector<HttpClient*> idle_;
    std::map<const HttpClient*, std::string> authors_;
    Durations latency_;
};

class SocketPublisher final : public Publisher {
  public:
    SocketPublisher(GatewaySession& session, const Options& options)
        : session_(session), options_(options) {}
    bool has_room() const override { return true; }
    void publish(const Marker& marker) override;
    void flush() override;
    bool is_settled() const override { return true; }
    void report(Report&) override {}

  private:
    GatewaySession& session_;
    const Options& options_;
    std::string pending_;
};

}  // namespace guildhall::bench
