#pragma once
// OptionChoices: what the field of a slash command that has the keyboard can be given: its choices,
// yes and no, people, roles, channels, or what the bot proposes. Owned by a CommandForm; GUI
// thread.

#include "client-qml/composer/command_book.h"
#include "client-qml/composer/suggestion_model.h"

namespace guildhall::client {

class OptionChoices : public SuggestionModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("a CommandForm has it")

  public:
    using SuggestionModel::SuggestionModel;

    void set_place(Account* account, Snowflake guild, Snowflake channel);
    /// Offers what `text` may become; asks the node for members it does not know.
    void look(const CommandOption& option, const QString& text);
    /// Offers those too who were found since, below what is offered already.
    void look_again(const CommandOption& option, const QString& text);
    /// Of the bot; hostile as all that comes from outside.
    void offer(const CommandOption& option, const QJsonArray& choices);
    /// What exactly that text names, by its whole name.
    std::optional<Suggestion> resolve(const CommandOption& option, const QString& text) const;

  private:
    std::vector<Suggestion> fitting(const CommandOption& option, const QString& text) const;
    void add_channels(const CommandOption& option,
                      const QString& wanted,
                      std::vector<Suggestion>& found) const;
    void add_roles(const QString& wanted, std::vector<Suggestion>& found) const;
    std::optional<Suggestion> by_code(const CommandOption& option, const QString& code) const;

    QPointer<Account> account_;
    Snowflake guild_ = 0, channel_ = 0;
};

}  // namespace guildhall::client
