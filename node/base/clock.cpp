#include "node/base/clock.h"

namespace guildhall::base {

Nanos SystemClock::now() const {
    return std::chrono::duration_cast<Nanos>(std::chrono::steady_clock::now().time_since_epoch());
}

protocol::UnixMs SystemClock::unix_ms() const {
    using std::chrono::milliseconds;
    return std::chrono::duration_cast<milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

}  // namespace guildhall::base
