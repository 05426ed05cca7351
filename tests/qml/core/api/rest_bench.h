#pragma once
// What tests of Rest share: a scripted node, a Rest that talks to it, and the answers. Owned by a
// test; its thread.

#include "client-qml/core/api/rest.h"
#include "tests/qml/core/api/fake_http.h"

#include <QJsonObject>
#include <QTest>

namespace guildhall::client::testing {

/// A Rest, and what its calls were answered.
struct Bench {
    explicit Bench(FakeHttp::Script script)
        : node(std::move(script)), rest(node.url(), clock, rng) {
        rest.set_token(QStringLiteral("1.2.SECRET"));
        limits.backoff_ms = 20;
        rest.set_limits(limits);
    }

    Rest::Call send(Request request, Progress progress = {}) {
        return rest.send(
            std::move(request),
            &rest,
            [this](const Answer& answer) { answers.push_back(answer); },
            std::move(progress));
    }
    /// The answer of one call.
    Answer ask(Request request) {
        const std::size_t before = answers.size();
        send(std::move(request));
        if (!wait(before + 1)) return {};
        return answers.back();
    }
    bool wait(std::size_t count) {
        return QTest::qWaitFor([&] { return answers.size() >= count; }, 20'000);
    }

    SystemClock clock;
    SystemRng rng;
    RestLimits limits;
    FakeHttp node;
    Rest rest;
    std::vector<Answer> answers;
};

inline Request get(const QString& path) {
    Request request;
    request.path = path;
    return request;
}

inline Request post(const QString& path, const QJsonObject& body = {}) {
    Request request;
    request.method = "POST";
    request.path = path;
    request.body = body;
    return request;
}

}  // namespace guildhall::client::testing
