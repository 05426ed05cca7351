#pragma once
// Errors are values: Result<T> is a T or an Error. An Error is an API code (protocol/errors.def)
// with what was wrong and where; REST, gateway and links each turn it into their own wire form.
// Plain values; any thread.

#include <boost/system/result.hpp>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace guildhall::protocol {

/// One fault in a request body: `path` as `embeds[0].title`, `code` as BASE_TYPE_REQUIRED.
struct FieldError {
    std::string path;
    std::string code;
    std::string message;
};

/// First member of Error: parenthesised aggregate initialisation (C++20) would otherwise make an
/// Error of any number, and Result<int> ambiguous.
struct NotFromNumber {};

struct Error {
    [[no_unique_address]] NotFromNumber guard = {};
    /// JSON error code of the API (a row of errors.def); 0 with `status` for plain HTTP errors.
    int code = 0;
    /// HTTP status; 0 takes the one of the code's row.
    int status = 0;
    /// Replaces the row's message when not empty. Never holds secrets or message contents.
    std::string message;
    /// With code 50035.
    std::vector<FieldError> fields;
    /// Seconds, with status 429; negative when absent.
    double retry_after = -1;
};

/// Required by boost::system::result when value() is called on an error: that is a bug here.
[[noreturn]] inline void throw_exception_from_error(const Error& e, const boost::source_location&) {
    throw std::logic_error("unchecked error " + std::to_string(e.code) + " " + e.message);
}

template <class T>
using Result = boost::system::result<T, Error>;
using Status = Result<void>;

}  // namespace guildhall::protocol

#define GUILDHALL_CONCAT_(a, b) a##b
#define GUILDHALL_CONCAT(a, b) GUILDHALL_CONCAT_(a, b)
#define GUILDHALL_TRY_(tmp, ret, decl, expr) \
    auto tmp = (expr);                       \
    if (!tmp) [[unlikely]]                   \
        ret std::move(tmp).error();          \
    decl = std::move(*tmp)

/// `TRY(auto x, f());` returns the error of `f()` or binds its value.
#define TRY(decl, ...) GUILDHALL_TRY_(GUILDHALL_CONCAT(try_, __LINE__), return, decl, (__VA_ARGS__))
/// The same inside a coroutine: `CO_TRY(auto x, co_await g());`.
#define CO_TRY(decl, ...) \
    GUILDHALL_TRY_(GUILDHALL_CONCAT(try_, __LINE__), co_return, decl, (__VA_ARGS__))
/// For Status: returns the error, binds nothing.
#define TRY_VOID(...)                                              \
    if (auto try_status = (__VA_ARGS__); !try_status) [[unlikely]] \
    return std::move(try_status).error()
#define CO_TRY_VOID(...)                                           \
    if (auto try_status = (__VA_ARGS__); !try_status) [[unlikely]] \
    co_return std::move(try_status).error()
