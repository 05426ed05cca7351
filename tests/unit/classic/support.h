#pragma once
// What the tests of the classic API stand on: a node in memory behind its HTTP server, and people
// with tokens and sockets. One thread, but for the password hashes.

#include "node/app/shard_services.h"
#include "node/base/http/server.h"
#include "node/base/memory_stream.h"
#include "node/classic/classic_api.h"
#include "protocol/json/reader.h"
#include "tests/support/node_fixture.h"
#include "tests/support/stream_client.h"

#include <boost/json.hpp>

#include <memory>
#include <string>
#include <vector>

namespace guildhall::tests {

namespace json = boost::json;

struct ClassicHandler final : base::http::Handler {
    explicit ClassicHandler(classic::ClassicApi& api) : classic(api) {}
    base::Task<base::http::Response> serve(base::http::Request& request) override {
        return classic.serve(request);
    }
    base::Task<base::http::Upgrade> upgrade(base::http::Request& request) override {
        return classic.accept(request);
    }
    std::size_t body_limit(const base::http::Request&) const override { return 1 << 20; }

    classic::ClassicApi& classic;
};

struct Answer {
    int status = 0;
    json::value body;
    HttpReply reply;

    std::string text(const char* member) const {
        return std::string(body.as_object().at(member).as_string());
    }
    std::string detail() const { return text("detail"); }
    /// The fields that a 422 names, as "place.field".
    std::vector<std::string> faults() const {
        std::vector<std::string> out;
        for (const auto& fault : body.as_object().at("detail").as_array()) {
            std::string path;
            for (const auto& part : fault.as_object().at("loc").as_array())
                path += (path.empty() ? "" : ".") + std::string(part.as_string());
            out.push_back(path);
        }
        return out;
    }
};

/// Somebody who is logged in.
struct Person {
    std::string name, id, token;
};

/// A client's side of a socket.
struct ClassicSocket {
    std::unique_ptr<StreamClient> client;
    int refused = 0;
    std::uint16_t close_code = 0;
    std::vector<json::object> frames;

    /// The frames of that type so far.
    std::vector<json::object> of(std::string_view type) const {
        std::vector<json::object> out;
        for (const auto& frame : frames) {
            if (frame.at("type").as_string() == json::string_view(type.data(), type.size()))
                out.push_back(frame.at("data").as_object());
        }
        return out;
    }
};

class ClassicWorld {
  public:
    explicit ClassicWorld(bool limited = false)
        : services_(node.ctx),
          limits_(node.loop.clock, 1, limited),
          apis_(one_api(services_)),
          classic(node.loop.shards, apis_, node.bus, limits_),
          handler_(classic),
          server_(node.loop.shards, handler_, node.rng, nullptr) {}

    Answer ask(const std::string& method,
               const std::string& target,
               const std::string& token = {},
               const std::string& body = {},
               const std::string& headers = {}) {
        auto client = connect();
        std::string request = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers;
        if (!token.empty()) request += "Authorization: Bearer " + token + "\r\n";
        if (!body.empty() || method != "GET")
            request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
        client->send(request + "\r\n" + body);
        auto reply = wait_for(*client);
        Answer answer{reply.status, nullptr, std::move(reply)};
        if (!answer.reply.body.empty()) answer.body = json::parse(answer.reply.body);
        return answer;
    }

    Person person(const std::string& name) {
        const std::string account = "{\"username\":\"" + name + "\",\"email\":\"" + name +
                                    "@example.test\",\"password\":\"secret1\"}";
        const Answer made = ask("POST", "/auth/register", {}, account);
        if (made.status != 201) throw std::runtime_error(made.reply.body);
        return {name, made.text("id"), log_in(name)};
    }
    std::string log_in(const std::string& name) {
        const Answer in = ask("POST", "/auth/login", {}, "username=" + name + "&password=secret1");
        if (in.status != 200) throw std::runtime_error(in.reply.body);
        return in.text("access_token");
    }
    std::string server_of(const Person& owner) {
        const std::string id =
            ask("POST", "/servers", owner.token, R"({"name":"Server"})").text("id");
        later();
        return id;
    }
    std::string general_of(const Person& owner, const std::string& server) {
        const Answer list = ask("GET", "/servers/" + server + "/channels", owner.token);
        return std::string(list.body.as_array()[0].as_object().at("id").as_string());
    }

    ClassicSocket open(const std::string& target) {
        ClassicSocket socket;
        socket.client = connect();
        socket.client->send(upgrade_request(target));
        node.loop.run();
        const std::string& got = socket.client->received;
        if (!got.starts_with("HTTP/1.1 101")) {
            socket.refused = wait_for(*socket.client).status;
            return socket;
        }
        socket.client->received.erase(0, got.find("\r\n\r\n") + 4);
        look(socket);
        return socket;
    }
    ClassicSocket open(const Person& who, const std::string& server, const std::string& channel) {
        return open("/ws/" + who.id + "/" + server + "/" + channel + "?token=" + who.token);
    }
    void say(ClassicSocket& socket, const std::string& text) {
        socket.client->send(base::ws::make_masked_frame(base::ws::Opcode::text, text, 0x12345678));
        later();
    }
    /// Takes in what has come.
    void look(ClassicSocket& socket) {
        node.loop.run();
        while (auto frame = take_frame(*socket.client)) {
            if (frame->opcode == base::ws::Opcode::close) socket.close_code = frame->close_code();
            if (frame->opcode == base::ws::Opcode::text)
                socket.frames.push_back(json::parse(frame->payload).as_object());
        }
    }
    void limit_logins(services::LoginLimits& limits) { services_.ctx.logins = &limits; }
    /// Lets the next millisecond's ids come.
    void later() { node.loop.advance(std::chrono::milliseconds(2)); }

    NodeFixture node;

  private:
    static std::vector<std::unique_ptr<rest::Api>> one_api(app::ShardServices& services) {
        std::vector<std::unique_ptr<rest::Api>> apis;
        apis.push_back(std::make_unique<rest::Api>(services.ctx, services.all()));
        return apis;
    }
    std::unique_ptr<StreamClient> connect() {
        auto [ours, theirs] = base::make_memory_streams(node.loop.shard());
        server_.attach(node.loop.shard(), std::move(ours));
        return std::make_unique<StreamClient>(std::move(theirs));
    }
    /// Passwords are hashed on a thread of their own, so an answer may be a moment away.
    HttpReply wait_for(StreamClient& client) {
        const base::SystemClock clock;
        const auto deadline = base::Deadline::after(clock, std::chrono::seconds(20));
        while (!deadline.has_passed(clock)) {
            node.loop.run();
            if (auto reply = take_reply(client)) return std::move(*reply);
            later();
            std::this_thread::yield();
        }
        throw std::runtime_error("no answer");
    }

    app::ShardServices services_;
    rest::Limits limits_;
    std::vector<std::unique_ptr<rest::Api>> apis_;

  public:
    classic::ClassicApi classic;

  private:
    ClassicHandler handler_;
    base::http::Server server_;
};

}  // namespace guildhall::tests
