#include "node/peering/link/key_logs.h"

#include <utility>

namespace guildhall::peering {
namespace {

constexpr Nanos kKeyLogTime = std::chrono::seconds(10);

}  // namespace

using federation::frames::KeyLog;
using federation::frames::KeyLogGet;

KeyLogs::KeyLogs(Context& ctx, Peers& peers) : ctx_(ctx), peers_(peers) {
    peers.handle<KeyLogGet>([this](Inbound inbound, const KeyLogGet& question) {
        on_get(std::move(inbound), question.uid);
    });
}

void KeyLogs::on_get(Inbound inbound, const Hash32& uid) {
    auto& policy = inbound.peer().policy();
    if (const auto denied = policy.take(federation::PeerAction::key_log, ctx_.clock.now())) {
        return inbound.refuse(*denied);
    }
    if (uid == ctx_.identity.uid) {
        inbound.reply(KeyLog{ctx_.keys.log.genesis,
                             ctx_.keys.log.events,
                             ctx_.settings.name,
                             ctx_.options.endpoints});
        return;
    }
    if (const Known* known = peers_.directory().find(uid)) {
        inbound.reply(
            KeyLog{known->log.genesis, known->log.events, known->claimed, known->endpoints});
        return;
    }
    ctx_.here.spawn("answer keyLogGet", answer(std::move(inbound), uid));
}

Task<void> KeyLogs::answer(Inbound inbound, Hash32 uid) {
    for (const Source& source : sources_) {
        const auto log = co_await source(uid);
        if (!log) continue;
        inbound.reply(KeyLog{log->genesis, log->events, {}, {}});
        co_return;
    }
    inbound.refuse(federation::ProblemCode::not_found, "no such key log");
}

Task<void> KeyLogs::meet(std::shared_ptr<Peer> from, Hash32 node) {
    if (node == ctx_.identity.uid || peers_.directory().find(node) != nullptr) co_return;
    const KeyLogGet question{node};
    auto answer = co_await from->ask(question, kKeyLogTime);
    auto* told = answer ? std::get_if<KeyLog>(&*answer) : nullptr;
    if (told == nullptr) co_return;
    const federation::KeyLog log{std::move(told->genesis), std::move(told->events)};
    if (peers_.directory().introduce(node, log, told->name, told->endpoints)) {
        co_await peers_.prove(node);
    }
}

}  // namespace guildhall::peering
