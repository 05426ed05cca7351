#pragma once
// Moving accounts between the nodes of a world, as their users do it: with the phrase and the
// backup. One thread.

#include "node/app/user_move.h"
#include "node/services/recovery.h"
#include "node/store/tables/users.h"
#include "node/store/wait.h"
#include "protocol/data_uri.h"
#include "tests/support/fed_nodes.h"

#include <fstream>
#include <stdexcept>
#include <string>

namespace guildhall::tests {

/// What the user keeps outside of the node.
inline services::Recovery::Paper paper_of(FedNodes& world, std::size_t node, const Person& who) {
    auto& ctx = world[node].core().services_of[0]->ctx;
    services::Recovery recovery(ctx);
    auto made = world.wait(ctx.here, recovery.make(services::Actor{.user = who.id}));
    if (!made) throw std::runtime_error(made.error().message);
    return std::move(*made);
}

/// A session without a password, which an account has not that was taken in.
inline Person log_in(FedNodes& world, std::size_t node, protocol::UserId user, std::string name) {
    auto& services = *world[node].core().services_of[0];
    const auto session = services.accounts.make_session(user, protocol::SessionKind::user, {});
    journal::Change change;
    change.rows = [opened = session.opened](store::Tx& tx) {
        return store::users::put_session(tx, opened.token, opened.session);
    };
    change.notices = {session.opened};
    const auto done = world.wait(services.ctx.here,
                                 services.ctx.journal.store(services.ctx.here, std::move(change)));
    if (!done) throw std::runtime_error(done.error().message);
    return {user, std::move(name), session.token};
}

/// To a node, as `guildhall user move` does it; throws when that is refused.
inline Person move_with(FedNodes& world,
                        const services::Recovery::Paper& paper,
                        const Person& who,
                        std::size_t to) {
    const std::string file = world.files / "paper";
    std::ofstream(file) << R"({"backup":")" << protocol::encode_base64(paper.backup) << "\"}";
    const auto opened = app::open_paper(file, paper.phrase);
    if (!opened) throw std::runtime_error(opened.error().message);
    world[to].crash();
    base::SeededRng rng(99 + to);
    const auto done = store::write_and_wait(*world[to].db, [&](store::Tx& tx) -> protocol::Status {
        return app::move_user(tx, *opened, who.name, "", world.clock, rng);
    });
    world[to].start();
    if (!done) throw std::runtime_error(done.error().message);
    return log_in(world, to, who.id, who.name);
}

/// The same for one whose home is still there.
inline Person move_account(FedNodes& world, const Person& who, std::size_t from, std::size_t to) {
    const auto paper = paper_of(world, from, who);
    return move_with(world, paper, who, to);
}

}  // namespace guildhall::tests
