#pragma once
// Clients of a gateway in memory: a Connection with a recorder in place of the socket. One thread.

#include "node/base/compress.h"
#include "node/gateway/connection.h"
#include "node/gateway/gateway.h"
#include "node/gateway/hub.h"
#include "protocol/json/reader.h"

#include <boost/json.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace guildhall::tests {

namespace json = boost::json;

/// A text to compare a JSON value with.
inline json::value text(std::string_view s) { return json::string(s); }

/// What a client has received, decoded.
struct Inbox {
    std::vector<json::object> frames;
    std::size_t binary_frames = 0;
    std::size_t queued = 0;
    bool tells_drained = false;
    std::uint16_t close_code = 0;
};

class RecordingPipe final : public gateway::Pipe {
  public:
    RecordingPipe(Inbox& inbox, bool zlib_stream) : inbox_(inbox), zlib_stream_(zlib_stream) {}

    void send(std::string_view prefix, base::SharedBytes body, bool binary) override {
        if (inbox_.close_code != 0) return;
        std::string bytes(prefix);
        bytes += body.view();
        if (binary) ++inbox_.binary_frames;
        if (zlib_stream_) {
            // A stream without its end inflates to what came so far: close it for the check.
            stream_ += bytes;
            std::string whole = stream_ + std::string("\x03\x00", 2);
            auto text =
                base::inflate(std::string_view(whole).substr(2), base::Deflate::raw, 64u << 20);
            if (!text) throw std::runtime_error("not a zlib stream");
            add(std::string_view(*text).substr(read_));
            read_ = text->size();
        } else if (binary) {
            add(base::inflate(bytes, base::Deflate::zlib, 64u << 20).value());
        } else {
            add(bytes);
        }
    }
    void close(std::uint16_t code, std::string_view) override {
        if (inbox_.close_code == 0) inbox_.close_code = code;
    }
    void tell_when_drained() override { inbox_.tells_drained = true; }
    std::size_t queued_bytes() const override { return inbox_.queued; }

  private:
    void add(std::string_view text) {
        inbox_.frames.push_back(protocol::parse_json(text, 64u << 20).value().as_object());
    }

    Inbox& inbox_;
    const bool zlib_stream_;
    std::string stream_;
    std::size_t read_ = 0;
};

/// One client's socket.
class Client {
  public:
    Client(gateway::Hub& hub, const std::string& query = "v=10&encoding=json")
        : Client(hub, query, [] {}) {}
    /// `meanwhile` runs between the upgrade and the opening of the socket.
    template <class Meanwhile>
    Client(gateway::Hub& hub, const std::string& query, Meanwhile meanwhile) {
        const auto params = gateway::parse_params(base::http::Query::parse(query));
        connection_ = std::make_unique<gateway::Connection>(hub, params);
        meanwhile();
        connection_->open(std::make_unique<RecordingPipe>(*inbox_, params.zlib_stream));
    }

    void send(std::string_view text) { connection_->on_message(text, false); }
    void send(int op, const json::value& d) {
        send(json::serialize(json::object{{"op", op}, {"d", d}}));
    }
    void identify(const std::string& token, std::int64_t intents = -1, json::object extra = {}) {
        extra["token"] = token;
        extra["properties"] = json::object{{"os", "linux"}};
        if (intents >= 0) extra["intents"] = intents;
        send(2, extra);
    }
    void resume(const std::string& token, const std::string& session, std::uint64_t seq) {
        send(6, json::object{{"token", token}, {"session_id", session}, {"seq", seq}});
    }
    /// The socket ends, as the server sees it.
    void cut(std::uint16_t code = 1006) {
        if (connection_) connection_->on_close(code);
        connection_.reset();
    }
    /// Its socket has taken all; the server is told when it asked to be.
    void drain() {
        if (std::exchange(inbox_->tells_drained, false)) connection_->on_drained();
    }

    const std::vector<json::object>& frames() const { return inbox_->frames; }
    Inbox& inbox() { return *inbox_; }
    std::uint16_t close_code() const { return inbox_->close_code; }
    /// The names of all dispatches so far, in order.
    std::vector<std::string> names() const {
        std::vector<std::string> out;
        for (const auto& frame : frames()) {
            if (frame.at("op") == 0) out.emplace_back(frame.at("t").as_string());
        }
        return out;
    }
    std::size_t count(std::string_view name) const {
        std::size_t n = 0;
        for (const std::string& known : names()) n += known == name;
        return n;
    }
    /// The data of the last dispatch of that name.
    json::object last(std::string_view name) const {
        for (auto frame = frames().rbegin(); frame != frames().rend(); ++frame) {
            if (frame->at("op") == 0 && frame->at("t") == text(name))
                return frame->at("d").as_object();
        }
        throw std::runtime_error("no dispatch " + std::string(name));
    }
    bool has_op(int op) const {
        for (const auto& frame : frames()) {
            if (frame.at("op") == op) return true;
        }
        return false;
    }
    std::uint64_t seq() const {
        std::uint64_t s = 0;
        for (const auto& frame : frames()) {
            if (frame.at("op") == 0) s = frame.at("s").to_number<std::uint64_t>();
        }
        return s;
    }
    std::string session_id() const {
        return std::string(last("READY").at("session_id").as_string());
    }
    void forget() { inbox_->frames.clear(); }

  private:
    std::unique_ptr<Inbox> inbox_ = std::make_unique<Inbox>();
    std::unique_ptr<gateway::Connection> connection_;
};

/// Every intent that a bot may have.
inline constexpr std::int64_t kAllIntents = 53608447;

}  // namespace guildhall::tests
