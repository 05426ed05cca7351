#include "protocol/timestamp.h"

#include <algorithm>
#include <chrono>

namespace guildhall::protocol {

namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr UnixMs kDayMs = 86'400'000;
/// 9999-12-31T23:59:59.999Z: years have four digits on the wire.
constexpr UnixMs kLastMs = 253'402'300'799'999;

/// Takes fixed-width pieces off the front of a text; `ok` falls once and stays down.
struct Scanner {
    std::string_view rest;
    bool ok = true;

    int digits(std::size_t count) {
        if (rest.size() < count) ok = false;
        if (!ok) return 0;
        int value = 0;
        for (char c : rest.substr(0, count)) {
            if (c < '0' || c > '9') ok = false;
            value = value * 10 + (c - '0');
        }
        rest.remove_prefix(count);
        return value;
    }
    bool optional(char c) {
        if (!rest.starts_with(c)) return false;
        rest.remove_prefix(1);
        return true;
    }
    void expect(char c) { ok = optional(c) && ok; }
};

/// Milliseconds of `.123456`; further digits are read and dropped.
int scan_fraction(Scanner& in) {
    if (!in.optional('.')) return 0;
    int ms = 0, scale = 100;
    std::size_t count = 0;
    while (!in.rest.empty() && in.rest.front() >= '0' && in.rest.front() <= '9') {
        ms += (in.rest.front() - '0') * scale;
        scale /= 10;
        in.rest.remove_prefix(1);
        ++count;
    }
    if (count == 0 || count > 9) in.ok = false;
    return ms;
}

/// Minutes east of Greenwich.
int scan_zone(Scanner& in) {
    if (in.optional('Z') || in.optional('z')) return 0;
    bool west = in.optional('-');
    if (!west) in.expect('+');
    int hours = in.digits(2);
    in.optional(':');
    int minutes = in.digits(2);
    if (hours > 23 || minutes > 59) in.ok = false;
    return (west ? -1 : 1) * (hours * 60 + minutes);
}

void put_digits(char* at, unsigned value, int count) {
    for (int i = count - 1; i >= 0; --i, value /= 10) at[i] = static_cast<char>('0' + value % 10);
}

}  // namespace

std::optional<Timestamp> parse_timestamp(std::string_view text) {
    Scanner in{text};
    int y = in.digits(4);
    in.expect('-');
    int mo = in.digits(2);
    in.expect('-');
    int d = in.digits(2);
    if (!in.optional('T') && !in.optional('t')) in.expect(' ');
    int h = in.digits(2);
    in.expect(':');
    int mi = in.digits(2);
    in.expect(':');
    int s = in.digits(2);
    int fraction = scan_fraction(in);
    int zone = scan_zone(in);
    if (!in.ok || !in.rest.empty() || y < 1970 || h > 23 || mi > 59 || s > 59) return std::nullopt;
    year_month_day date{year(y), month(static_cast<unsigned>(mo)), day(static_cast<unsigned>(d))};
    if (!date.ok()) return std::nullopt;
    UnixMs days = sys_days(date).time_since_epoch().count();
    UnixMs minutes = (days * 24 + h) * 60 + mi - zone;
    UnixMs ms = (minutes * 60 + s) * 1000 + fraction;
    if (ms < 0 || ms > kLastMs) return std::nullopt;
    return Timestamp{ms};
}

void append_timestamp(std::string& out, UnixMs ms) {
    ms = std::clamp<UnixMs>(ms, 0, kLastMs);
    year_month_day date{sys_days(std::chrono::days(ms / kDayMs))};
    auto in_day = static_cast<unsigned>(ms % kDayMs);
    char text[] = "0000-00-00T00:00:00.000000+00:00";
    put_digits(text, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    put_digits(text + 5, static_cast<unsigned>(date.month()), 2);
    put_digits(text + 8, static_cast<unsigned>(date.day()), 2);
    put_digits(text + 11, in_day / 3'600'000, 2);
    put_digits(text + 14, in_day / 60'000 % 60, 2);
    put_digits(text + 17, in_day / 1000 % 60, 2);
    put_digits(text + 20, in_day % 1000, 3);
    out.append(text, sizeof text - 1);
}

std::string format_timestamp(UnixMs ms) {
    std::string out;
    append_timestamp(out, ms);
    return out;
}

}  // namespace guildhall::protocol
