#include "tests/bench/load/publisher.h"

#include "tests/bench/common/support.h"
#include "tests/bench/common/ws_frame.h"

namespace guildhall::bench {

RestPublisher::RestPublisher(Poller& poller, const Options& options, int connections)
    : options_(options) {
    if (options.channels.empty()) die("--channels is needed");
    for (int i = 0; i < connections; i++) {
        clients_.push_back(std::make_unique<HttpClient>(
            poller, options.port, [this](HttpClient& client, const HttpAnswer& answer) {
                on_answer(client, answer);
            }));
        idle_.push_back(clients_.back().get());
        const auto number = static_cast<std::size_t>(i);
        authors_[idle_.back()] = options.authors.empty()
                                     ? options.authorization
                                     : options.authors[number % options.authors.size()];
    }
}

void RestPublisher::publish(const Marker& marker) {
    const auto content = make_marked_content(marker, static_cast<std::size_t>(options_.size));
    HttpClient& client = *idle_.back();
    idle_.pop_back();
    client.send(make_message_request(options_.channels.front(), authors_.at(&client), content));
}

void RestPublisher::on_answer(HttpClient& client, const HttpAnswer& answer) {
    if (answer.status != 200) {
        errno = 0;
        die("a POST was answered " + std::to_string(answer.status) + ' ' +
            std::string(answer.body.substr(0, 300)));
    }
    latency_.add(answer.latency_ns);
    idle_.push_back(&client);
}

void RestPublisher::report(Report& report) { latency_.report("post", report); }

void SocketPublisher::publish(const Marker& marker) {
    std::string body = "{\"content\":\"";
    body += make_marked_content(marker, static_cast<std::size_t>(options_.size));
    pending_ += make_masked_text_frame(body.append("\"}"));
}

void SocketPublisher::flush() {
    if (!pending_.empty()) session_.send(pending_);
    pending_.clear();
}

}  // namespace guildhall::bench
