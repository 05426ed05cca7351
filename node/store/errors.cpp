// The two errors of the store that callers see.

#include "node/store/db.h"

namespace guildhall::store {

Error disk_full() {
    Error error;
    error.status = 507;
    error.message = "Insufficient Storage";
    return error;
}

Error unavailable(std::string_view why) {
    Error error;
    error.status = 503;
    error.message = "Service Unavailable";
    if (!why.empty()) error.message.append(": ").append(why);
    return error;
}

}  // namespace guildhall::store
