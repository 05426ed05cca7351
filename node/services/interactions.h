#pragma once
// Interactions, end to end: a user runs a command, presses a button or sends a form; the bot is
// told over the gateway and answers through the interaction's token, once within three seconds and
// with follow-ups for fifteen minutes. Interactions are routed, not logged; the messages that
// answer them are, except the ephemeral ones, which only their user ever sees.
//
// One per shard; every verb runs on the shard of the interaction's guild, which also keeps those
// that are open. What a follow-up needs after a restart is a row of the same transaction as the
// answer (store/tables/interactions.h).

#include "node/base/timer.h"
#include "node/services/ephemerals.h"
#include "node/services/interaction_token.h"
#include "node/services/messages.h"
#include "node/services/present/interaction.h"
#include "node/store/tables/interactions.h"
#include "protocol/api/interaction.h"

#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace guildhall::services {

class Interactions {
  public:
    Interactions(Context& ctx, Messages& messages) : ctx_(ctx), messages_(messages) {}
    ~Interactions();

    /// From a user: checked against what the bot offers, then handed to the bot.
    Task<Status> create(const Actor& actor,
                        const protocol::api::InteractionCreate& request,
                        std::vector<Upload> files);

    // From the bot, whose right is the token; `caller` brings the command of a bot from elsewhere.

    /// The first answer.
    Task<Result<CallbackOutcome>> answer(const Actor& caller,
                                         protocol::InteractionId id,
                                         const std::string& token,
                                         const protocol::api::InteractionCallback& callback,
                                         std::vector<Upload> files);

    // Through /webhooks/{application}/{token}. Message 0 is the original.

    Task<Result<ShownMessage>> follow_up(const Actor& caller,
                                         protocol::ApplicationId application,
                                         const std::string& token,
                                         const protocol::api::WebhookMessage& request,
                                         std::vector<Upload> files);
    Task<Result<ShownMessage>> get(protocol::ApplicationId application,
                                   const std::string& token,
                                   protocol::MessageId message);
    Task<Result<ShownMessage>> edit(const Actor& caller,
                                    protocol::ApplicationId application,
                                    const std::string& token,
                                    protocol::MessageId message,
                                    const protocol::api::MessageEdit& request,
                                    std::vector<Upload> files);
    Task<Status> remove(const Actor& caller,
                        protocol::ApplicationId application,
                        const std::string& token,
                        protocol::MessageId message);

    /// Interactions that are kept; beyond it the oldest are forgotten as if their time were up.
    static constexpr std::size_t kLiveMax = 20'000;

  private:
    enum class State : std::uint8_t { waiting, answering, answered };

    /// One interaction while its token lives.
    struct Live {
        InteractionRef ref;
        protocol::InteractionType type = protocol::InteractionType::application_command;
        State state = State::waiting;
        std::uint8_t message_type = 0;
        std::string name, nonce_json;
        /// The message that its component is on, or that its modal came from; 0: none.
        protocol::MessageId source;
        bool source_ephemeral = false;
        base::TimerId deadline;
        /// Set once answered.
        store::interactions::Answered answered;
        /// A modal that its user has not sent yet.
        std::string modal_id, modal_components;
    };

    /// What the checks of create() found, for the bot to be told.
    struct Prepared {
        Live live;
        std::string data, message_json;
    };
    /// What create() reads before it decides.
    struct Read {
        std::optional<protocol::Message> message;
        bool ephemeral = false;
        std::vector<OfferedFile> files;
    };

    /// The bot of the interaction, acting by the caller's command if there is one.
    static Actor bot_actor(const InteractionRef& ref, const Actor& caller);

    /// What carry_out() did.
    struct Outcome {
        std::optional<ShownMessage> shown;
        store::interactions::Answered answered;
    };

    // Making (interactions.cpp).
    Status check_place(const Actor& actor, const protocol::api::InteractionCreate& request) const;
    Task<Result<Read>> read_source(const Actor& actor,
                                   const protocol::api::InteractionCreate& request);
    /// Keeps the files that came with a command.
    Task<Result<std::vector<OfferedFile>>> take_files(
        const Actor& actor,
        const protocol::api::InteractionCreate& request,
        std::vector<Upload> files);
    /// Lets files that are in no log be fetched for a day.
    Task<Status> keep_loose(protocol::ChannelId channel,
                            const std::vector<protocol::Attachment>& files);
    Result<Prepared> prepare(const Actor& actor,
                             const protocol::api::InteractionCreate& request,
                             const Read& read,
                             protocol::InteractionId id);
    Status prepare_command(const Place& place,
                           const protocol::api::InteractionCreate& request,
                           const Read& read,
                           Prepared& out) const;
    Status prepare_component(const Place& place,
                             const protocol::api::InteractionCreate& request,
                             const Read& read,
                             Prepared& out) const;
    Status prepare_modal(const Place& place,
                         const protocol::api::InteractionCreate& request,
                         Prepared& out);
    Live* find_modal(const Place& place, const protocol::api::InteractionCreate& request);
    void open(Live live);
    void expire(protocol::InteractionId id);
    void forget_old();
    Live* find_live(protocol::InteractionId id);
    /// `files`: those of the body that are in no log.
    void tell(const InteractionRef& of,
              protocol::UserId user,
              std::string_view name,
              std::string body,
              std::vector<protocol::Attachment> files = {});

    // Answering (interaction_answers.cpp).
    Task<Result<Live>> begin(protocol::InteractionId id,
                             const std::string& token,
                             protocol::InteractionCallbackType type);
    void end(const Live& facts,
             const protocol::api::InteractionCallback& callback,
             const Outcome* outcome);
    Task<Result<Outcome>> carry_out(const Actor& bot,
                                    const Live& facts,
                                    const protocol::api::InteractionCallback& callback,
                                    std::vector<Upload> files);
    Task<Result<Outcome>> show_message(const Actor& bot,
                                       const Live& facts,
                                       const protocol::api::WebhookMessage* request,
                                       bool deferred,
                                       std::vector<Upload> files);
    Task<Result<Outcome>> update_source(const Actor& bot,
                                        const Live& facts,
                                        const protocol::api::WebhookMessage* request,
                                        std::vector<Upload> files);
    Task<Status> remember(const store::interactions::Answered& answered);

    // Messages of interactions (interaction_messages.cpp).

    /// An answered interaction, from memory or its row.
    struct Known {
        InteractionRef ref;
        store::interactions::Answered answered;
    };
    Task<Result<Known>> known(protocol::ApplicationId application, const std::string& token);
    Task<Result<protocol::Message>> draft(const InteractionRef& ref,
                                          const store::interactions::Answered& answered,
                                          const protocol::api::WebhookMessage* request,
                                          bool ephemeral,
                                          std::vector<Upload> files);
    Result<ShownMessage> show_ephemeral(const InteractionRef& ref, protocol::Message message);
    Task<Result<ShownMessage>> find_message(const Known& known, protocol::MessageId id);
    Task<Result<ShownMessage>> edit_message(const Actor& bot,
                                            const InteractionRef& ref,
                                            const protocol::Message& old,
                                            const protocol::api::MessageEdit& request,
                                            std::vector<Upload> files);
    Task<Result<ShownMessage>> edit_ephemeral(const InteractionRef& ref,
                                              protocol::Message message,
                                              const protocol::api::MessageEdit& request,
                                              std::vector<Upload> files);

    Context& ctx_;
    Messages& messages_;
    Ephemerals ephemerals_;
    std::unordered_map<protocol::InteractionId, Live> live_;
    /// In the order of their coming.
    std::deque<protocol::InteractionId> order_;
};

/// The edit that replaces all a request names; with `whole` also what it does not name.
protocol::api::MessageEdit edit_of(const protocol::api::WebhookMessage& request, bool whole);

}  // namespace guildhall::services
