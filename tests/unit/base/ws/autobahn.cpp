// The recorded RFC 6455 cases of the contract against a real session, over streams in memory. Cases
// that offer permessage-deflate are run as a server without the extension has them: the offer is
// ignored and the series goes uncompressed.
#include "tests/catch.h"
#include "tests/unit/base/http/echo_server.h"
#include "tests/unit/protocol/contract.h"

#include <boost/json.hpp>

#include <fstream>
#include <iterator>

namespace guildhall::tests {
namespace {

namespace json = boost::json;
using base::ws::Opcode;

constexpr std::uint32_t kMask = 0x6d41b58e;
/// Series of large messages are cut to this unless the run is a deep one.
constexpr std::size_t kSeriesBytesMax = 1 << 20;

std::string from_hex(std::string_view hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
    }
    return bytes;
}

/// A hex string, or {"len": n, "rep": hex}: the pattern repeated to n bytes.
std::string payload_of(const json::value& value) {
    if (value.is_string()) return from_hex(value.as_string());
    if (!value.is_object()) return {};
    const auto pattern = from_hex(value.at("rep").as_string());
    const auto bytes = value.at("len").to_number<std::size_t>();
    std::string out;
    while (out.size() < bytes) out += pattern.substr(0, bytes - out.size());
    return out;
}

struct Event {
    enum class Kind { message, pong, timeout } kind;
    bool binary = false;
    std::string payload;
};

class Case {
  public:
    explicit Case(const json::object& description) : case_(description) {
        echo_.handler.session_options.message_bytes_max = 32 << 20;
        echo_.handler.session_options.queued_bytes_max = 64 << 20;
        base::MemoryStreamOptions options;
        options.capacity = 32 << 20;
        client_ = echo_.connect(options);
    }

    void run() {
        std::string offer;
        if (case_.contains("deflate_offers")) {
            offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";
        }
        client_->send(upgrade_request("/", offer));
        echo_.loop.run();
        const auto reply = take_reply(*client_);
        REQUIRE(reply);
        REQUIRE(reply->status == 101);
        CHECK(reply->headers.count("sec-websocket-extensions") == 0);
        if (const auto* series = case_.if_contains("echo_series")) {
            run_series(series->as_object());
        } else {
            for (const auto& action : case_.at("actions").as_array()) act(action.as_object());
            pump();
            check_events();
        }
        // A clean close by the tester when the case wants one and nothing has ended yet.
        if (!close_sent_ && !close_code_ && !client_->ended) send_close(1000, {});
        pump();
        echo_.loop.advance(std::chrono::seconds(10));
        pump();
        check_close();
    }

  private:
    void send(std::string_view bytes, std::size_t chop = 0) {
        if (chop == 0) {
            client_->send(bytes);
            return;
        }
        for (std::size_t at = 0; at < bytes.size(); at += chop) {
            client_->send(bytes.substr(at, chop));
            echo_.loop.run();
        }
    }

    void act(const json::object& action) {
        const std::string op(action.at("op").as_string());
        if (op == "frame") {
            act_frame(action);
        } else if (op == "message") {
            act_message(action);
        } else if (op == "close" || op == "close_frame") {
            const auto& code = action.at("code");
            const auto& reason = action.at("reason");
            send_close(code.is_null() ? 1005 : code.to_number<std::uint16_t>(),
                       reason.is_null() ? std::string() : from_hex(reason.as_string()));
        } else if (op == "wait") {
            echo_.loop.advance(std::chrono::milliseconds(
                static_cast<int>(action.at("s").to_number<double>() * 1000)));
            pump();
            if (!action.at("tag").is_null() && !close_code_) {
                events_.push_back(
                    {Event::Kind::timeout, false, std::string(action.at("tag").as_string())});
            }
        } else if (op == "begin_message") {
            stream_opcode_ = static_cast<Opcode>(action.at("opcode").to_number<int>());
        } else if (op == "begin_frame") {
            // A frame whose header goes first and whose payload follows in pieces.
            stream_frame_ = base::ws::make_masked_frame(
                stream_opcode_, std::string(action.at("len").to_number<std::size_t>(), '\0'), 0);
            client_->send(stream_frame_.substr(0, 6));
        } else if (op == "frame_data") {
            client_->send(from_hex(action.at("payload").as_string()));
            pump();
        }
        // kill_after, close_after and end_message only say how long the tester would wait.
    }

    void act_frame(const json::object& action) {
        const auto opcode = static_cast<Opcode>(action.at("opcode").to_number<int>());
        const auto* fin = action.if_contains("fin");
        const auto* rsv = action.if_contains("rsv");
        const auto* chop = action.if_contains("chopsize");
        std::string frame = base::ws::make_masked_frame(
            opcode, payload_of(action.at("payload")), kMask, !fin || fin->as_bool());
        if (rsv) frame[0] = static_cast<char>(frame[0] | rsv->to_number<int>() << 4);
        send(frame, chop ? chop->to_number<std::size_t>() : 0);
        if (action.contains("sync")) echo_.loop.run();
    }

    void act_message(const json::object& action) {
        const bool binary = action.at("binary").as_bool();
        const auto* size = action.if_contains("fragment_size");
        send_message(
            payload_of(action.at("payload")), binary, size ? size->to_number<std::size_t>() : 0);
    }

    void send_message(std::string_view payload, bool binary, std::size_t fragment) {
        Opcode opcode = binary ? Opcode::binary : Opcode::text;
        if (fragment == 0) fragment = std::max<std::size_t>(payload.size(), 1);
        std::size_t at = 0;
        do {
            const auto piece = payload.substr(at, fragment);
            at += piece.size();
            client_->send(base::ws::make_masked_frame(opcode, piece, kMask, at == payload.size()));
            opcode = Opcode::continuation;
        } while (at < payload.size());
    }

    void send_close(std::uint16_t code, const std::string& reason) {
        close_sent_ = true;
        std::string payload;
        if (code != 1005 || !case_.contains("suppress_close")) {
            payload = {static_cast<char>(code >> 8), static_cast<char>(code & 0xff)};
        }
        // 7.3.2: one byte, which is no code.
        client_->send(base::ws::make_masked_frame(
            Opcode::close, payload.empty() ? reason : payload + reason, kMask));
    }

    /// Reads frames into events and answers the server's close.
    void pump() {
        echo_.loop.run();
        while (const auto frame = take_frame(*client_)) {
            if (frame->opcode == Opcode::close) {
                close_code_ = frame->close_code();
                if (!close_sent_) send_close(*close_code_, {});
                echo_.loop.run();
            } else if (frame->opcode == Opcode::pong) {
                events_.push_back({Event::Kind::pong, false, frame->payload});
            } else {
                events_.push_back(
                    {Event::Kind::message, frame->opcode == Opcode::binary, frame->payload});
            }
        }
    }

    static bool matches(const json::value& expected, const Event& event) {
        const auto& want = expected.as_object();
        if (const auto* pong = want.if_contains("pong")) {
            return event.kind == Event::Kind::pong && event.payload == payload_of(*pong);
        }
        if (const auto* tag = want.if_contains("timeout")) {
            return event.kind == Event::Kind::timeout && event.payload == tag->as_string();
        }
        if (event.kind != Event::Kind::message) return false;
        if (event.binary != want.at("binary").as_bool()) return false;
        if (const auto* bytes = want.if_contains("message_len")) {
            return event.payload.size() == bytes->to_number<std::size_t>();
        }
        return event.payload == payload_of(want.at("message"));
    }

    void check_events() const {
        bool any = false;
        std::string names;
        for (const auto& [name, list] : case_.at("expected").as_object()) {
            const auto& wanted = list.as_array();
            bool same = wanted.size() == events_.size();
            for (std::size_t i = 0; same && i < wanted.size(); ++i) {
                same = matches(wanted[i], events_[i]);
            }
            any = any || same;
            if (same) names += std::string(name.data(), name.size());
        }
        INFO("events: " << events_.size());
        CHECK((any || is_informational()));
        // Where the strict outcome exists, ours is the strict one.
        if (any && !is_informational()) CHECK(names.find("OK") != names.npos);
    }

    void check_close() const {
        const auto& wanted = case_.at("expectedClose").as_object();
        INFO("close code " << (close_code_ ? static_cast<int>(*close_code_) : -1));
        CHECK(client_->ended);
        REQUIRE(close_code_);
        bool found = *close_code_ == base::ws::kCloseNoStatus && close_sent_;
        for (const auto& code : wanted.at("closeCode").as_array()) {
            found = found || code.to_number<int>() == *close_code_;
        }
        CHECK((found || is_informational()));
    }

    bool is_informational() const {
        const auto* flag = case_.if_contains("informational");
        return flag && flag->as_bool();
    }

    void run_series(const json::object& series) {
        const auto bytes = series.at("len").to_number<std::size_t>();
        auto count = series.at("count").to_number<std::size_t>();
        // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets variables here.
        const char* mode = std::getenv("GUILDHALL_MODE");
        const bool deep = mode && std::string_view(mode) == "deep";
        if (!deep) count = std::min(count, std::max<std::size_t>(kSeriesBytesMax / (bytes + 1), 2));
        const bool binary = series.at("binary").as_bool();
        const auto* fill = series.if_contains("fill");
        const std::string pattern = fill ? from_hex(fill->as_string()) : "{\"data\":\"\xc3\xa9\"}";
        const auto* fragment = series.if_contains("auto_fragment");
        std::string payload;
        while (payload.size() < bytes) payload += pattern;
        payload.resize(bytes);
        // A cut through a character of two bytes would not be text.
        if (!binary && !payload.empty() && static_cast<unsigned char>(payload.back()) == 0xc3) {
            payload.back() = ' ';
        }
        for (std::size_t i = 0; i < count; ++i) {
            events_.clear();
            send_message(payload, binary, fragment ? fragment->to_number<std::size_t>() : 0);
            pump();
            REQUIRE(events_.size() == 1);
            REQUIRE(events_[0].payload == payload);
        }
    }

    const json::object& case_;
    EchoServer echo_;
    std::unique_ptr<StreamClient> client_;
    std::vector<Event> events_;
    std::optional<std::uint16_t> close_code_;
    bool close_sent_ = false;
    Opcode stream_opcode_ = Opcode::text;
    std::string stream_frame_;
};

}  // namespace

TEST_CASE("every recorded WebSocket case ends as its expectation says") {
    const auto path = contract_file("vectors/websocket/autobahn_rfc6455_cases.json");
    if (!path) return;
    std::ifstream file(*path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    const json::value document = json::parse(text);
    std::size_t run = 0;
    for (const auto& value : document.at("cases").as_array()) {
        const auto& description = value.as_object();
        INFO("case " << description.at("id").as_string());
        Case one(description);
        one.run();
        ++run;
    }
    CHECK(run == 517);
}

}  // namespace guildhall::tests
