#include "node/store/wait.h"

#include <future>
#include <memory>
#include <utility>

namespace guildhall::store {

Status write_and_wait(Db& db, UniqueFunction<Status(Tx&)> work) {
    std::promise<Status> told;
    WriteJob job;
    job.run = std::move(work);
    job.done = [&told](Status status) { told.set_value(std::move(status)); };
    db.write(std::move(job));
    return told.get_future().get();
}

Status read_and_wait(Db& db, UniqueFunction<Status(Tx&)> work) {
    std::promise<Status> told;
    ReadJob job;
    job.run = [&told, &work](Tx& tx) { told.set_value(work(tx)); };
    job.failed = [&told](Error error) { told.set_value(std::move(error)); };
    db.read(std::move(job));
    return told.get_future().get();
}

}  // namespace guildhall::store
