#include "node/base/log_stderr.h"

#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace guildhall::base {
namespace {

constexpr std::size_t kQueueLines = 8192;

spdlog::level::level_enum to_spdlog(LogLevel level) {
    return static_cast<spdlog::level::level_enum>(level == LogLevel::off ? spdlog::level::off
                                                  : level == LogLevel::error
                                                      ? spdlog::level::err
                                                      : static_cast<int>(level));
}

/// A value is quoted when a reader could not tell where it ends; control characters never pass.
void append_value(std::string& line, std::string_view value) {
    const bool plain = !value.empty() && value.find_first_of(" \"=\\") == value.npos;
    if (!plain) line += '"';
    for (const char c : value) {
        if (c == '"' || c == '\\') line += '\\';
        line += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    if (!plain) line += '"';
}

class StderrLog final : public Log {
  public:
    explicit StderrLog(LogLevel level)
        : pool_(std::make_shared<spdlog::details::thread_pool>(kQueueLines, 1)),
          logger_(std::make_shared<spdlog::async_logger>(
              "guildhall",
              std::make_shared<spdlog::sinks::stderr_sink_mt>(),
              pool_,
              spdlog::async_overflow_policy::overrun_oldest)) {
        logger_->set_level(to_spdlog(level));
        logger_->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
        logger_->flush_on(spdlog::level::info);
    }
    ~StderrLog() override { logger_->flush(); }

    bool enabled(LogLevel level) const override { return logger_->should_log(to_spdlog(level)); }

    void write(LogLevel level,
               std::string_view category,
               std::string_view message,
               std::initializer_list<LogField> fields) override {
        std::string line(category);
        line += ": ";
        line += message;
        for (const LogField& field : fields) {
            line += ' ';
            line += field.key;
            line += '=';
            append_value(line, field.value);
        }
        logger_->log(to_spdlog(level), line);
    }

  private:
    // spdlog's interfaces take shared ownership of both; this object is their only real owner.
    std::shared_ptr<spdlog::details::thread_pool> pool_;
    std::shared_ptr<spdlog::async_logger> logger_;
};

}  // namespace

std::unique_ptr<Log> make_stderr_log(LogLevel level) { return std::make_unique<StderrLog>(level); }

}  // namespace guildhall::base
