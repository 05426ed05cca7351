#include "tests/support/node_parts.h"

#include "node/store/migrations.h"

#include <stdexcept>
#include <utility>

namespace guildhall::tests {

std::unique_ptr<store::InlineSqliteDb> open_db(std::string_view image) {
    const auto migrations = store::schema::migrations();
    auto db = store::InlineSqliteDb::open(migrations, image);
    if (!db) throw std::runtime_error("no database: " + db.error().message);
    return std::move(*db);
}

std::unique_ptr<journal::Identity> make_identity(store::Db& db,
                                                 base::Clock& clock,
                                                 base::Rng& rng) {
    std::unique_ptr<journal::Identity> identity;
    store::WriteJob job;
    job.run = [&](store::Tx& tx) -> store::Status {
        TRY(auto made, journal::load_or_make_identity(tx, clock, rng));
        identity = std::make_unique<journal::Identity>(std::move(made));
        return {};
    };
    job.done = [](const store::Status&) {};
    db.write(std::move(job));
    if (!identity) throw std::runtime_error("no identity");
    return identity;
}

std::vector<std::unique_ptr<journal::View>> one_view() {
    std::vector<std::unique_ptr<journal::View>> views;
    views.push_back(std::make_unique<journal::View>());
    return views;
}

}  // namespace guildhall::tests
