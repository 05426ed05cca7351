#include "node/peering/link/problem.h"

#include "federation/limits.h"
#include "protocol/errors.h"

namespace guildhall::peering {
namespace {

using federation::ProblemCode;

struct ProblemRow {
    int status;
    int code;
};

/// Every number that is not here is 502: the peer did something that no request asked for.
ProblemRow row_of(ProblemCode code) {
    switch (code) {
        case ProblemCode::not_found:
            return {404, 0};
        case ProblemCode::forbidden:
        case ProblemCode::blocked:
        case ProblemCode::held:
            return {403, protocol::kMissingAccess};
        case ProblemCode::rate_limited:
            return {429, 0};
        case ProblemCode::quota:
            return {507, 0};
        case ProblemCode::expired:
        case ProblemCode::stale:
        case ProblemCode::skew:
        case ProblemCode::self:
            return {400, 0};
        case ProblemCode::conflict:
        case ProblemCode::wrong_peer:
            return {409, 0};
        case ProblemCode::busy:
        case ProblemCode::shutdown:
        case ProblemCode::not_host:
        case ProblemCode::frozen:
        case ProblemCode::diverged:
            return {503, protocol::kAPIResourceOverloaded};
        case ProblemCode::unsupported:
            return {501, 0};
        default:
            return {502, 0};
    }
}

}  // namespace

protocol::Error unreachable(std::string message) {
    return {.code = protocol::kAPIResourceOverloaded, .status = 503, .message = std::move(message)};
}

protocol::Error kept_out(ProblemCode code) {
    const bool blocks = code == ProblemCode::blocked;
    return to_error({code,
                     blocks ? "This node does not link with that one: its operator blocks it."
                            : "This node's operator has not decided about that node yet."});
}

protocol::Error kept_out_there(ProblemCode code) {
    const bool blocks = code == ProblemCode::blocked;
    return to_error({code,
                     blocks ? "That node does not link with this one: its operator blocks it."
                            : "The operator of that node has not decided about this one yet."});
}

protocol::Error to_error(const federation::Problem& problem) {
    const ProblemRow row = row_of(problem.code);
    protocol::Error out{.code = row.code, .status = row.status};
    out.message = problem.text.substr(0, federation::limits::kProblemTextBytesMax);
    if (out.message.empty()) out.message = std::string(name_of(problem.code));
    if (problem.retryMs != 0) out.retry_after = static_cast<double>(problem.retryMs) / 1000.0;
    return out;
}

}  // namespace guildhall::peering
