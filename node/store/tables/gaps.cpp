#include "node/store/tables/gaps.h"

#include "protocol/errors.h"

#include <optional>

namespace guildhall::store::gaps {
namespace {

Gap gap_of(const Row& row) {
    return {static_cast<std::uint64_t>(row.int64(0)),
            static_cast<std::uint64_t>(row.int64(1)),
            std::string(row.blob(2))};
}

}  // namespace

Result<std::vector<Gap>> of_log(Tx& tx, LogKey log) {
    std::vector<Gap> out;
    TRY_VOID(tx.each(
        "SELECT from_seq, to_seq, frontier FROM gaps WHERE log = $1 ORDER BY from_seq",
        [&](const Row& row) { out.push_back(gap_of(row)); },
        log));
    return out;
}

Result<bool> any(Tx& tx, LogKey log) {
    TRY(auto found,
        tx.first(
            "SELECT 1 FROM gaps WHERE log = $1 LIMIT 1", [](const Row&) { return true; }, log));
    return found.value_or(false);
}

Status put(Tx& tx, LogKey log, const Gap& gap) {
    return tx.run("INSERT INTO gaps (log, from_seq, to_seq, frontier) VALUES ($1, $2, $3, $4)",
                  log,
                  gap.from,
                  gap.to,
                  Blob(gap.frontier));
}

Status fill(
    Tx& tx, LogKey log, std::uint64_t from, std::uint64_t to, std::string_view frontier_at_from) {
    TRY(auto hole,
        tx.first("SELECT from_seq, to_seq, frontier FROM gaps WHERE log = $1 AND from_seq <= $2"
                 " AND to_seq >= $3 LIMIT 1",
                 gap_of,
                 log,
                 from,
                 to));
    if (!hole || from >= to) return protocol::make_http_error(404);
    TRY_VOID(tx.run("DELETE FROM gaps WHERE log = $1 AND from_seq = $2", log, hole->from));
    if (hole->from < from)
        TRY_VOID(put(tx, log, {hole->from, from, std::string(frontier_at_from)}));
    if (to < hole->to) TRY_VOID(put(tx, log, {to, hole->to, hole->frontier}));
    return {};
}

Status forget(Tx& tx, LogKey log) { return tx.run("DELETE FROM gaps WHERE log = $1", log); }

}  // namespace guildhall::store::gaps
