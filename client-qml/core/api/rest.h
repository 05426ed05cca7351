#pragma once
// Rest: calls of one node's REST API for one account. Keeps to the node's rate limits by bucket
// (discord-api.md, section 4.4), waits for a 429, repeats what may be repeated after a lost line.
// Owned by an Account; lives on the GUI thread, where answers arrive.

#include "client-qml/core/api/limits.h"
#include "client-qml/core/api/request.h"
#include "client-qml/core/base/clock.h"

#include <QObject>
#include <QUrl>

#include <memory>

namespace guildhall::client {

class Rest final : public QObject {
    Q_OBJECT

  public:
    /// A call under way; 0 is none.
    using Call = quint64;

    /// `node` is the base address, "http://127.0.0.1:8080". Clock and Rng outlive this.
    Rest(QUrl node, Clock& clock, Rng& rng, QObject* parent = nullptr);
    ~Rest() override;

    QUrl node() const;
    /// Empty: nobody is logged in. Never logged.
    void set_token(const QString& token);

    /// Before the first call; tests only.
    void set_limits(const RestLimits& limits);

    /// `done` runs once, on a later turn of the event loop, unless `context` (this, where it is
    /// null) was destroyed before.
    Call send(Request request, QObject* context, Done done, Progress progress = {});
    /// `done` gets Kind::cancelled.
    void cancel(Call call);

  signals:
    /// A call with a token was answered 401: whoever owns this logs out.
    void unauthorized();

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::client
