#include "federation/problem.h"

#include <algorithm>
#include <array>

namespace guildhall::federation {

namespace {

struct Row {
    ProblemCode code;
    std::string_view name;
    bool fault;
};

constexpr auto kRows = std::to_array<Row>({
    {ProblemCode::none, "none", false},
    {ProblemCode::general, "general", false},
    {ProblemCode::version, "version", false},
    {ProblemCode::malformed, "malformed", true},
    {ProblemCode::forged, "forged", true},
    {ProblemCode::overrun, "overrun", true},
    {ProblemCode::timeout, "timeout", false},
    {ProblemCode::renew, "renew", false},
    {ProblemCode::shutdown, "shutdown", false},
    {ProblemCode::self, "self", false},
    {ProblemCode::wrong_peer, "wrong_peer", true},
    {ProblemCode::duplicate, "duplicate", false},
    {ProblemCode::flood, "flood", true},
    {ProblemCode::blocked, "blocked", false},
    {ProblemCode::unsupported, "unsupported", false},
    {ProblemCode::not_found, "not_found", false},
    {ProblemCode::forbidden, "forbidden", false},
    {ProblemCode::rate_limited, "rate_limited", false},
    {ProblemCode::quota, "quota", false},
    {ProblemCode::held, "held", false},
    {ProblemCode::expired, "expired", false},
    {ProblemCode::stale, "stale", false},
    {ProblemCode::conflict, "conflict", true},
    {ProblemCode::skew, "skew", false},
    {ProblemCode::not_host, "not_host", false},
    {ProblemCode::frozen, "frozen", false},
    {ProblemCode::diverged, "diverged", false},
    {ProblemCode::bad_signature, "bad_signature", true},
    {ProblemCode::busy, "busy", false},
});

const Row& row_of(ProblemCode code) {
    const auto row = std::find_if(
        kRows.begin(), kRows.end(), [&](const Row& candidate) { return candidate.code == code; });
    return row == kRows.end() ? kRows[1] : *row;
}

}  // namespace

std::string_view name_of(ProblemCode code) { return row_of(code).name; }

bool is_fault(ProblemCode code) { return row_of(code).fault; }

}  // namespace guildhall::federation
