#pragma once
// CompletionModel: what the word before the cursor may become: people and roles after @, channels
// after #, emoji after a colon, commands after a slash at the start. Asks the node for members that
// are not known here. Owned by QML; GUI thread.

#include "client-qml/composer/command_book.h"
#include "client-qml/composer/suggestion_model.h"

namespace guildhall::client {

class CompletionModel : public SuggestionModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(guildhall::client::Account* account READ account WRITE setAccount NOTIFY placed)
    Q_PROPERTY(QString channelId READ channelId WRITE setChannelId NOTIFY placed)
    Q_PROPERTY(
        guildhall::client::CommandBook* commands READ commands WRITE setCommands NOTIFY placed)
    /// Where the word begins that is replaced, and how long it is.
    Q_PROPERTY(int start READ start NOTIFY changed)
    Q_PROPERTY(int length READ length NOTIFY changed)

  public:
    using SuggestionModel::SuggestionModel;

    Account* account() const { return account_; }
    void setAccount(Account* account);
    QString channelId() const { return id_text(channel_); }
    void setChannelId(const QString& channel);
    CommandBook* commands() const { return commands_; }
    void setCommands(CommandBook* commands);
    int start() const { return start_; }
    int length() const { return int(word_.size()); }

    Q_INVOKABLE void look(const QString& text, int cursor);
    void clear() override;

  signals:
    void placed();

  private:
    void fill();
    std::vector<Suggestion> commands_named() const;
    void add_roles(const QString& wanted, std::vector<Suggestion>& items) const;
    void add_channels(const QString& wanted, std::vector<Suggestion>& items) const;
    void add_emoji(const QString& wanted, std::vector<Suggestion>& items) const;

    QPointer<Account> account_;
    CommandBook* commands_ = nullptr;  // outlives this: both are the composer's
    Snowflake channel_ = 0, guild_ = 0;
    QString word_;  // with its sign
    int start_ = 0;
};

}  // namespace guildhall::client
