#pragma once
// CommandForm: the slash command that is being filled in, a row for each of its options; checks
// them, runs it, and says how that goes. While none is, it is not active. Owned by a ComposerModel;
// GUI thread.

#include "client-qml/composer/interaction.h"
#include "client-qml/composer/option_choices.h"

namespace guildhall::client {

class CommandForm : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("a ComposerModel has it")
    Q_PROPERTY(bool active READ is_active NOTIFY changed)
    /// "/poll close"
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString description READ description NOTIFY changed)
    Q_PROPERTY(QString bot READ bot NOTIFY changed)
    Q_PROPERTY(Stage stage READ stage NOTIFY changed)
    Q_PROPERTY(bool busy READ is_busy NOTIFY changed)
    /// How it stands, in plain words; empty where there is nothing to say.
    Q_PROPERTY(QString message READ message NOTIFY changed)
    /// Of its files, 0 to 1; below 0 where there are none.
    Q_PROPERTY(double progress READ progress NOTIFY changed)
    Q_PROPERTY(guildhall::client::OptionChoices* choices READ choices CONSTANT)

  public:
    enum class Stage { Filling, Sending, Waiting, Unanswered, Failed };
    Q_ENUM(Stage)
    enum Role {
        LabelRole = Qt::UserRole + 1,
        HintRole,
        KindRole,  // "Whole number"
        NeededRole,
        ShownRole,
        ErrorRole,
        TakesFileRole,
    };

    explicit CommandForm(QObject* parent = nullptr);

    void set_place(Account* account, Snowflake guild, Snowflake channel);
    /// `written`: "city: Oslo days: 3", what stood after the command's name.
    void begin(const SlashCommand& command, const QString& written);
    /// As it would be written: for drafts. Empty once the node has it: it is not run twice.
    QString text() const;
    /// True where the command has a field for them.
    bool add_files(const QList<QUrl>& files);
    void set_patience(int ms);
    /// Leaves it without stopping what is under way; `lost` gives it back where the node refuses.
    void let_go();

    bool is_active() const { return active_; }
    bool takes_files() const;
    QString title() const { return u'/' + command_.label; }
    QString key() const { return command_.key(); }
    QString description() const { return command_.description; }
    QString bot() const;
    Stage stage() const { return stage_; }
    bool is_busy() const { return stage_ == Stage::Sending || stage_ == Stage::Waiting; }
    QString message() const;
    double progress() const { return progress_; }
    OptionChoices* choices() { return &choices_; }

    /// The keyboard came to a field, or left it.
    Q_INVOKABLE void enter(int row);
    Q_INVOKABLE void left(int row);
    Q_INVOKABLE void setText(int row, const QString& text);
    /// A row of `choices`, for the field that has the keyboard.
    Q_INVOKABLE void choose(int choice);
    Q_INVOKABLE void removeFile(int row);
    Q_INVOKABLE void run();
    /// Also stops what is under way.
    Q_INVOKABLE void leave();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

  signals:
    void changed();
    void edited();
    /// The keyboard belongs into this field; -1: to what runs the command.
    void fieldWanted(int row);
    void ran();
    /// The node has it: now it is the bot's.
    void delivered();
    /// One that was let go was not run; `unclear` where it may have been all the same.
    /// `channel` is 0 where that was of another account.
    void lost(quint64 channel, const QString& text, const QString& why, bool unclear);
    /// The node knows a newer one of that name.
    void outdated();

  private:
    struct Field {
        CommandOption option;
        QString text, code, error;
        QJsonValue value = QJsonValue(QJsonValue::Undefined);  // picked, not written
        UploadFile file;
    };
    struct Collected {
        QJsonArray options;
        std::vector<int> rows;  // of those
        std::vector<UploadFile> files;
        int wrong = -1;  // the first row with an error
    };
    Field& field(int row) { return fields_[std::size_t(row)]; }
    bool has_row(int row) const { return row >= 0 && row < rowCount(); }
    void pick(int row, const Suggestion& choice);
    bool settle(int row);
    int file_row(bool first) const;
    void set_error(int row, const QString& error);
    void look();
    void look_again();
    void ask_bot();
    std::optional<QJsonValue> value_of(int row);
    Collected collect();
    void set_stage(Stage stage, const QString& why = {});
    void on_end(Interaction::End end, const ApiError& error);
    void on_refused(const ApiError& error);
    QString reason_of(const ApiError& error) const;
    void touch(int row);

    QPointer<Account> account_;
    Snowflake guild_ = 0, channel_ = 0;
    SlashCommand command_;
    bool active_ = false;
    bool delivered_ = false;  // as it is written now
    std::vector<Field> fields_;
    std::vector<int> sent_rows_;
    int current_ = -1;
    struct Left {
        Account* account = nullptr;  // only compared
        Snowflake channel = 0;
        QString text;
    };
    QHash<QString, Left> left_;  // by nonce, as long as the node may refuse them
    Stage stage_ = Stage::Filling;
    QString why_;
    double progress_ = -1;
    OptionChoices choices_;
    QTimer ask_;
    Interaction run_{Interaction::Kind::command}, asker_{Interaction::Kind::autocomplete};
};

}  // namespace guildhall::client
