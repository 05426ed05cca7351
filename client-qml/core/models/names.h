#pragma once
// Names of people, roles and channels for mentions, as one guild knows them: what the timeline, the
// panels beside it and notifications show. Plain; GUI thread.

#include "client-qml/core/state/state.h"
#include "client-qml/core/text/markdown.h"

namespace guildhall::client {

class Names final : public text::MentionResolver {
  public:
    /// All outlive this. `message` names those whom it mentions, known in the guild or not.
    Names(const State& state, Snowflake guild, const Message* message = nullptr)
        : state_(state), guild_(guild), message_(message) {}
    text::Mention mention(text::MentionKind kind, std::uint64_t id) const override;

  private:
    const User* user(Snowflake id) const;

    const State& state_;
    Snowflake guild_;
    const Message* message_;
};

/// A message's text without markup, its mentions by name.
QString plain_words(const State& state,
                    Snowflake guild,
                    const Message& message,
                    bool single_line = true);

}  // namespace guildhall::client
