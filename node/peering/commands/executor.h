#pragma once
// Executor: the host's side of commands. What a user of another node asks for in a guild hosted
// here is checked (the link's node signed it, for this guild, for a user of its own, not long ago,
// and once), and runs through the same handlers and permissions as the call of a user of this node.
// Before the first command of a node its key log goes into the guild's log, so that the entries can
// be verified for ever.
//
//   came -> admitted -> numbered -> introduced -> run -> answered
//              |            +- repeat: the same answer again
//              +- refused
//
// Owned by Peering; on the shard of peering.

#include "federation/command_call.h"
#include "node/peering/blobs/file_carrier.h"
#include "node/peering/commands/command_log.h"
#include "node/peering/link/peers.h"
#include "node/peering/users/remote_users.h"
#include "node/rest/dispatcher.h"
#include "node/services/keyed_lock.h"

namespace guildhall::peering {

class Executor {
  public:
    struct Parts {
        Peers& peers;
        RemoteUsers& users;
        FileCarrier& files;
        rest::Dispatcher& dispatcher;
        /// Of the shard of peering.
        rest::Api& api;
    };
    Executor(Context& ctx, Parts parts);

  private:
    /// Why it is not run.
    struct Refusal {
        federation::ProblemCode code = federation::ProblemCode::none;
        std::string_view text;
        /// No honest node sends such a command.
        bool fault = false;
    };
    struct Job {
        std::shared_ptr<Peer> origin;
        federation::CommandCall command;
        bool logged = false;
        protocol::GuildId guild;
        rest::Call call;
    };

    void on_command(Inbound inbound, federation::CommandFrame frame);
    Task<void> serve(Inbound inbound, federation::CommandFrame frame);
    Refusal read(Inbound& inbound, federation::CommandFrame frame, Job& job) const;
    Refusal check_place(Job& job) const;
    Refusal make_call(Job& job) const;
    Refusal check_target(Job& job) const;
    void refuse(const Inbound& inbound, const Refusal& why) const;

    Task<void> run_once(Inbound inbound, Job job);
    Task<federation::CommandResult> run(Job& job);
    Task<void> recall(Job& job, federation::CommandResult& result);
    Task<Result<rest::Reply>> carry_out(Job& job);
    Task<Status> take_body(Job& job);
    Task<Status> introduce(Job& job);
    Task<Status> welcome(Job& job);
    Task<Status> introduce_user(Job& job, protocol::UserId user);
    Task<Result<rest::Reply>> add_bot(Job& job);
    void keep_evidence(const Job& job, const CommandLog::Number& number);
    void store_later(journal::Change change);
    void keep_answer(const Job& job, const federation::CommandResult& result);

    Context& ctx_;
    Parts parts_;
    base::Counter& ran_;
    base::Counter& repeated_;
    base::Counter& refused_;
    CommandLog log_;
    /// One command of a user at a time, in the order in which they came.
    services::KeyedLock turns_;
};

}  // namespace guildhall::peering
