#pragma once
// ComposerModel: what is being written in one channel - draft, reply, edit, files - whether it may
// be sent and why not, and what is sent. QML's text field holds the text; this keeps up with it.
// Owned by QML; GUI thread.

#include "client-qml/composer/attachment_list.h"
#include "client-qml/composer/command_form.h"
#include "client-qml/composer/mention_book.h"
#include "client-qml/composer/unfinished.h"
#include "client-qml/core/account/account.h"

#include <QPointer>
#include <QQmlEngine>

class QMimeData;

namespace guildhall::client {

class ComposerModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        guildhall::client::Account* account READ account WRITE setAccount NOTIFY placeChanged)
    Q_PROPERTY(QString channelId READ channelId WRITE setChannelId NOTIFY placeChanged)
    Q_PROPERTY(QString guildId READ guildId NOTIFY placeChanged)
    Q_PROPERTY(QString channelName READ channelName NOTIFY placeChanged)
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    Q_PROPERTY(QString replyId READ replyId NOTIFY barChanged)
    Q_PROPERTY(QString replyAuthor READ replyAuthor NOTIFY barChanged)
    Q_PROPERTY(QString replyText READ replyText NOTIFY barChanged)
    Q_PROPERTY(bool pings READ pings WRITE setPings NOTIFY barChanged)
    Q_PROPERTY(QString editId READ editId NOTIFY barChanged)
    Q_PROPERTY(bool busy READ busy NOTIFY barChanged)
    Q_PROPERTY(guildhall::client::AttachmentList* files READ files CONSTANT)
    Q_PROPERTY(guildhall::client::CommandBook* commands READ commands CONSTANT)
    /// The slash command that is being filled in instead of the text.
    Q_PROPERTY(guildhall::client::CommandForm* form READ form CONSTANT)
    /// Why one cannot write here; empty where one can.
    Q_PROPERTY(QString reason READ reason NOTIFY rightsChanged)
    Q_PROPERTY(bool mayAttach READ mayAttach NOTIFY rightsChanged)
    /// The guild's host while it cannot be reached, as the app knows; empty while it can.
    Q_PROPERTY(QString hostAway MEMBER host_away_ NOTIFY hostChanged)
    /// What that means for who writes here; empty while all is well.
    Q_PROPERTY(QString hostText READ hostText NOTIFY hostChanged)
    /// Seconds until one may send again.
    Q_PROPERTY(int slowLeft READ slowLeft NOTIFY slowChanged)
    /// Characters that still fit; below 0: too long.
    Q_PROPERTY(int left READ left NOTIFY textChanged)
    Q_PROPERTY(bool canSend READ canSend NOTIFY textChanged)

  public:
    static constexpr int kContentMax = 2'000, kTextMax = 20'000;

    explicit ComposerModel(QObject* parent = nullptr);
    ~ComposerModel() override;

    Account* account() const { return account_; }
    void setAccount(Account* account);
    QString channelId() const { return id_text(channel_); }
    void setChannelId(const QString& channel);
    QString guildId() const { return id_text(guild_); }
    QString channelName() const;
    QString text() const { return text_; }
    void setText(const QString& text);
    QString replyId() const { return id_text(reply_); }
    QString replyAuthor() const { return reply_author_; }
    QString replyText() const { return reply_text_; }
    bool pings() const { return pings_; }
    void setPings(bool pings);
    QString editId() const { return id_text(edit_); }
    bool busy() const { return busy_; }
    AttachmentList* files() { return &files_; }
    CommandBook* commands() { return &commands_; }
    CommandForm* form() { return &form_; }
    QString reason() const;
    bool mayAttach() const;
    QString hostText() const;
    int slowLeft() const;
    int left() const;
    bool canSend() const;

    Q_INVOKABLE void reply(const QString& message, const QString& author, const QString& text);
    Q_INVOKABLE void edit(const QString& message, const QString& content);
    /// Ends the edit, else the reply; false where there is neither.
    Q_INVOKABLE bool cancel();
    Q_INVOKABLE void send();
    /// By the code of a completion; false where that is no command.
    Q_INVOKABLE bool startCommand(const QString& key);
    /// From a drop or a dialog; a command may have a field for them.
    Q_INVOKABLE void attach(const QList<QUrl>& files);
    /// Of the clipboard: pictures and files become attachments; false: it is text.
    Q_INVOKABLE bool paste();
    bool paste(const QMimeData& data);
    /// What stands for `code` in the text: `shown`, told apart where another one has that name.
    Q_INVOKABLE QString remember(const QString& shown, const QString& code);

  signals:
    void placeChanged();
    void textChanged();
    void barChanged();
    void rightsChanged();
    void hostChanged();
    void slowChanged();
    void sent();
    void noticed(const QString& text);

  private:
    void open();
    Snowflake state_self() const;
    void keep_draft();
    void leave();
    void come_back();
    /// What is sent: the codes of names, and emoji in the place of their :names:.
    QString content() const;
    void tell_typing();
    void begin_command();
    void watch_form();
    void take_back(Snowflake channel, const QString& command, const QString& why, bool unclear);
    void send_edit(const QString& content);
    void show_text(const QString& text);
    bool has(Permissions bit) const;
    State& state() const { return account_->state(); }

    QPointer<Account> account_;
    Snowflake channel_ = 0, guild_ = 0;
    QString text_;
    Snowflake reply_ = 0, edit_ = 0;
    QString reply_author_, reply_text_;
    int edit_call_ = 0;    // answers to edits that were left, or begun anew, change nothing
    QString before_edit_;  // what was written when an edit began
    bool pings_ = true, busy_ = false;
    AttachmentList files_;
    MentionBook book_;
    UnfinishedShelf shelf_;
    CommandBook commands_;
    CommandForm form_;
    QString host_away_;
    QTimer draft_, slow_;
    qint64 typing_told_ms_ = 0;
    QHash<Snowflake, qint64> sent_ms_;  // by channel, steady
};

}  // namespace guildhall::client
