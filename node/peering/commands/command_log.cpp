#include "node/peering/commands/command_log.h"

#include "node/store/tables/remote_commands.h"

#include <algorithm>
#include <utility>

namespace guildhall::peering {

namespace f = federation;
namespace command_rows = store::remote_commands;
using namespace std::chrono_literals;

namespace {

// A command is answered or given up by its origin before that.
constexpr base::Nanos kRunTime = 30s;

std::size_t size_of(const f::CommandResult& result) {
    return sizeof(f::CommandResult) + result.json.size() + result.receipt.size();
}

}  // namespace

base::Task<base::Result<CommandLog::Origin*>> CommandLog::origin_of(Key key) {
    auto at = origins_.find(key);
    if (at == origins_.end()) {
        auto look = [key](store::Tx& tx) { return command_rows::high(tx, key.first, key.second); };
        CO_TRY(const std::uint64_t high, co_await store::read(ctx_.db, std::move(look)));
        // What goes is in the store, but for commands that left nothing there.
        if (origins_.size() >= kOriginsMax) origins_.erase(origins_.begin());
        at = origins_.try_emplace(key, Origin{high, {}}).first;
    }
    co_return &at->second;
}

base::Task<base::Result<f::OriginSeq>> CommandLog::begin(Number number, f::SignedCommand command) {
    const Key key{number.guild, number.origin};
    CO_TRY(const Origin* origin, co_await origin_of(key));
    if (number.seq <= origin->stored_high) {
        auto look = [number](store::Tx& tx) {
            return command_rows::look(tx, number.guild, number.origin, number.seq, number.command);
        };
        CO_TRY(const f::OriginSeq stored, co_await store::read(ctx_.db, std::move(look)));
        if (stored != f::OriginSeq::fresh) co_return stored;
    }
    // Reading took a while: another may have come first, or the origin have been forgotten.
    CO_TRY(Origin * now, co_await origin_of(key));
    const f::OriginSeq seen = now->window.accept(number.seq, number.command);
    if (seen != f::OriginSeq::fresh) co_return seen;
    command.body.clear();
    runs_[number.command] = std::make_shared<Run>(Run{number, std::move(command), {}, {}});
    co_return f::OriginSeq::fresh;
}

std::optional<f::SignedCommand> CommandLog::other(const Number& number) const {
    const auto at = std::ranges::find_if(runs_, [&](const auto& run) {
        const Number& known = run.second->number;
        return known.guild == number.guild && known.origin == number.origin &&
               known.seq == number.seq && known.command != number.command;
    });
    if (at == runs_.end()) return std::nullopt;
    return at->second->command;
}

void CommandLog::finish(const Number& number, f::CommandResult result) {
    const auto at = runs_.find(number.command);
    if (at == runs_.end()) return;
    const std::shared_ptr<Run> run = at->second;
    bytes_ += size_of(result);
    run->result = std::move(result);
    finished_.push_back(number.command);
    for (base::Wake& wake : std::exchange(run->waits, {})) wake();
    forget_old();
}

void CommandLog::forget_old() {
    while (finished_.size() > kAnswersMax || bytes_ > kAnswerBytesMax) {
        const auto at = runs_.find(finished_.front());
        finished_.pop_front();
        if (at == runs_.end()) continue;
        if (at->second->result) bytes_ -= size_of(*at->second->result);
        runs_.erase(at);
    }
}

base::Task<std::optional<f::CommandResult>> CommandLog::answer(Number number) {
    if (const auto at = runs_.find(number.command); at != runs_.end()) {
        const std::shared_ptr<Run> run = at->second;
        if (!run->result) {
            (void)co_await base::wait_until_woken(
                ctx_.here, base::Deadline::after(ctx_.clock, kRunTime), [run](base::Wake wake) {
                    run->waits.push_back(std::move(wake));
                });
        }
        co_return run->result;
    }
    auto look = [number](store::Tx& tx) { return command_rows::find_receipt(tx, number.command); };
    const auto found = co_await store::read(ctx_.db, std::move(look));
    if (!found || !*found || (*found)->receipt.empty()) co_return std::nullopt;
    const command_rows::ReceiptRow& row = **found;
    f::CommandResult result;
    result.status = static_cast<std::uint16_t>(row.status);
    result.json = row.json;
    result.receipt = row.receipt;
    co_return result;
}

}  // namespace guildhall::peering
