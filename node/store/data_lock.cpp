#include "node/store/data_lock.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

namespace guildhall::store {

namespace {

protocol::Error refused(std::string message) {
    protocol::Error error;
    error.status = 503;
    error.message = std::move(message);
    return error;
}

}  // namespace

protocol::Result<DataLock> DataLock::take(const std::string& folder) {
    const std::string path = folder + "/lock";
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return refused("data folder " + folder + ": " + std::generic_category().message(errno));
    }
    DataLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        return refused("data folder " + folder + " is in use by another process");
    }
    return lock;
}

DataLock::~DataLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace guildhall::store
