#pragma once
// Log: the process's structured log, one line an event, on stderr: time, level, category, message,
// key=value pairs. Hides spdlog. Safe from any thread; the sink drops with a count when it is
// behind. Secrets, tokens and message contents are never passed to it.

#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>

namespace guildhall::base {

enum class LogLevel { trace, debug, info, warn, error, off };

/// One key=value pair of a log line.
struct LogField {
    LogField(std::string_view k, std::string_view v) : key(k), value(v) {}
    LogField(std::string_view k, const char* v) : key(k), value(v) {}
    LogField(std::string_view k, const std::string& v) : key(k), value(v) {}
    template <class Integer>
        requires std::is_integral_v<Integer>
    LogField(std::string_view k, Integer v) : key(k), value(std::to_string(v)) {}

    std::string_view key;
    std::string value;
};

/// Where log lines go. One instance per process in node/app, one that records in tests.
class Log {
  public:
    virtual ~Log() = default;
    virtual bool enabled(LogLevel level) const = 0;
    virtual void write(LogLevel level,
                       std::string_view category,
                       std::string_view message,
                       std::initializer_list<LogField> fields) = 0;

    void trace(std::string_view c, std::string_view m, std::initializer_list<LogField> f = {}) {
        if (enabled(LogLevel::trace)) write(LogLevel::trace, c, m, f);
    }
    void debug(std::string_view c, std::string_view m, std::initializer_list<LogField> f = {}) {
        if (enabled(LogLevel::debug)) write(LogLevel::debug, c, m, f);
    }
    void info(std::string_view c, std::string_view m, std::initializer_list<LogField> f = {}) {
        if (enabled(LogLevel::info)) write(LogLevel::info, c, m, f);
    }
    void warn(std::string_view c, std::string_view m, std::initializer_list<LogField> f = {}) {
        if (enabled(LogLevel::warn)) write(LogLevel::warn, c, m, f);
    }
    void error(std::string_view c, std::string_view m, std::initializer_list<LogField> f = {}) {
        if (enabled(LogLevel::error)) write(LogLevel::error, c, m, f);
    }
};

}  // namespace guildhall::base
