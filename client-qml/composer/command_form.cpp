#include "client-qml/composer/command_form.h"

#include "client-qml/composer/command_text.h"
#include "client-qml/core/text/bidi.h"

#include <QFileInfo>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr int kAskBotMs = 300;
constexpr qsizetype kLeftMax = 100;
}  // namespace

CommandForm::CommandForm(QObject* parent) : QAbstractListModel(parent) {
    ask_.setSingleShot(true);
    ask_.setInterval(kAskBotMs);
    connect(&ask_, &QTimer::timeout, this, &CommandForm::ask_bot);
    connect(&run_, &Interaction::delivered, this, [this] {
        delivered_ = true;
        set_stage(Stage::Waiting);
        emit delivered();
    });
    connect(&run_, &Interaction::lost, this, [this](const QString& nonce, const ApiError& error) {
        const Left one = left_.take(nonce);
        using Kind = ApiError::Kind;
        const bool unclear = error.kind == Kind::network || error.kind == Kind::server ||
                             error.kind == Kind::cancelled;
        const Snowflake channel = one.account == account_ ? one.channel : 0;
        emit lost(channel, one.text, reason_of(error), unclear);
    });
    connect(this, &CommandForm::edited, this, [this] { delivered_ = false; });
    connect(&run_, &Interaction::ended, this, &CommandForm::on_end);
    connect(&run_, &Interaction::progressed, this, [this](double part) {
        progress_ = part;
        emit changed();
    });
    connect(&asker_, &Interaction::chosen, this, [this](const QJsonArray& choices) {
        if (has_row(current_)) choices_.offer(field(current_).option, choices);
    });
    connect(&asker_, &Interaction::ended, this, &CommandForm::changed);
}

void CommandForm::set_patience(int ms) {
    run_.set_patience(ms);
    asker_.set_patience(ms);
}

void CommandForm::set_place(Account* account, Snowflake guild, Snowflake channel) {
    leave();
    if (account_) account_->state().disconnect(this);
    account_ = account;
    guild_ = guild;
    channel_ = channel;
    choices_.set_place(account, guild, channel);
    if (!account) return;
    connect(&account->state(), &State::dispatched, this, [this](const Dispatch& dispatch) {
        const bool told = dispatch.type == u"GUILD_MEMBERS_CHUNK"_s && guild_ != 0 &&
                          id_of(dispatch.data, "guild_id"_L1) == guild_;
        if (told) look_again();
    });
}

void CommandForm::begin(const SlashCommand& command, const QString& written) {
    leave();
    const auto texts = CommandText::split(command, written);
    beginResetModel();
    command_ = command;
    active_ = true;
    for (const CommandOption& option : command.options) {
        Field one;
        one.option = option;
        if (option.type != OptionType::file) one.text = texts.value(option.name);
        fields_.push_back(std::move(one));
    }
    endResetModel();
    for (int row = 0; row < rowCount(); ++row) settle(row);
    emit changed();
    const auto empty = std::ranges::find_if(
        fields_, [](const Field& one) { return one.text.isEmpty() && one.option.required; });
    const bool none = fields_.empty();
    emit fieldWanted(none ? -1 : empty == fields_.end() ? 0 : int(empty - fields_.begin()));
}

void CommandForm::let_go() {
    if (stage_ == Stage::Sending) {
        if (left_.size() >= kLeftMax) left_.clear();
        left_.insert(run_.nonce(), {account_, channel_, text()});
    }
    run_.let_go();
    leave();
}

void CommandForm::leave() {
    run_.cancel();
    asker_.cancel();
    ask_.stop();
    choices_.clear();
    current_ = -1;
    if (!active_) return;
    beginResetModel();
    active_ = delivered_ = false;
    fields_.clear();
    stage_ = Stage::Filling;
    why_.clear();
    progress_ = -1;
    endResetModel();
    emit changed();
}

QString CommandForm::text() const {
    if (delivered_) return {};
    QString all = u'/' + command_.path + u' ';
    for (const Field& one : fields_) {
        if (!one.text.isEmpty() && one.file.path.isEmpty())
            all += one.option.name + u": "_s + (one.code.isEmpty() ? one.text : one.code) + u' ';
    }
    return all;
}

QString CommandForm::bot() const { return command_.bot.isEmpty() ? tr("The bot") : command_.bot; }

QString CommandForm::message() const {
    switch (stage_) {
        case Stage::Sending:
            return progress_ >= 0 ? tr("Sending, %1 %").arg(int(progress_ * 100)) : tr("Sending");
        case Stage::Waiting:
            return tr("Waiting for %1").arg(bot());
        case Stage::Unanswered:
        case Stage::Failed:
            return why_;
        case Stage::Filling:
            break;
    }
    const bool asks = has_row(current_) && fields_[std::size_t(current_)].option.autocomplete;
    return asks && asker_.is_running() ? tr("Asking %1 what fits").arg(bot()) : why_;
}

void CommandForm::enter(int row) {
    if (!has_row(row)) return;
    current_ = row;
    look();
}

void CommandForm::left(int row) {
    if (!has_row(row)) return;
    if (row == current_) {
        current_ = -1;
        ask_.stop();
        asker_.cancel();
        choices_.clear();
    }
    if (!is_busy()) settle(row);
    emit changed();
}

void CommandForm::setText(int row, const QString& text) {
    if (!has_row(row) || is_busy() || field(row).text == text) return;
    Field& one = field(row);
    one.text = text.left(kOptionLengthMax);
    one.code.clear();
    one.value = QJsonValue(QJsonValue::Undefined);
    one.error.clear();
    touch(row);
    if (stage_ != Stage::Filling) set_stage(Stage::Filling);
    if (row == current_) look();
    emit edited();
}

void CommandForm::look() {
    const Field& one = field(current_);
    const bool picked = !one.value.isUndefined();
    if (is_busy() || picked || one.option.type == OptionType::file) return choices_.clear();
    if (!one.option.autocomplete) return choices_.look(one.option, one.text);
    ask_.start();
}

/// People were found; the row that is chosen stays what it is.
void CommandForm::look_again() {
    if (!has_row(current_) || is_busy()) return;
    const Field& one = field(current_);
    const bool open = one.option.is_entity() && one.value.isUndefined();
    if (open) choices_.look_again(one.option, one.text);
}

void CommandForm::ask_bot() {
    if (!has_row(current_) || is_busy() || !account_) return;
    QJsonArray options;
    for (int row = 0; row < rowCount(); ++row) {
        const CommandOption& option = field(row).option;
        QJsonObject given{{u"type"_s, int(option.type)}, {u"name"_s, option.name}};
        if (row == current_) {
            given[u"value"_s] = field(row).text;
            given[u"focused"_s] = true;
        } else {
            const auto value = value_of(row);
            if (!value || option.type == OptionType::file) continue;
            given[u"value"_s] = *value;
        }
        options.append(given);
    }
    asker_.run(
        account_, {guild_, channel_}, command_.application, CommandBook::body(command_, options));
    emit changed();
}

void CommandForm::pick(int row, const Suggestion& choice) {
    Field& one = field(row);
    one.text = choice.shown;
    one.code = choice.code;
    one.value = choice.value;
    one.error.clear();
    touch(row);
}

void CommandForm::choose(int choice) {
    const Suggestion* chosen = choices_.at(choice);
    if (!chosen || !has_row(current_) || is_busy()) return;
    const int row = current_;
    pick(row, Suggestion(*chosen));
    choices_.clear();
    emit edited();
    if (has_row(row + 1)) emit fieldWanted(row + 1);
}

/// What is written becomes what it names; false where it names nothing.
bool CommandForm::settle(int row) {
    Field& one = field(row);
    const CommandOption& option = one.option;
    if (option.type == OptionType::file || !one.value.isUndefined() || one.text.trimmed().isEmpty())
        return true;
    if (option.is_listed() && !option.autocomplete) {
        if (const auto found = choices_.resolve(option, one.text)) {
            pick(row, *found);
            return true;
        }
        set_error(row, CommandText::pick_one(option));
        return false;
    }
    set_error(row, CommandText::read(option, one.text).error);
    return one.error.isEmpty();
}

std::optional<QJsonValue> CommandForm::value_of(int row) {
    const Field& one = field(row);
    if (!one.value.isUndefined()) return one.value;
    if (one.option.type == OptionType::file || one.text.trimmed().isEmpty()) return std::nullopt;
    if (one.option.is_listed() && !one.option.autocomplete) return std::nullopt;
    const QJsonValue value = CommandText::read(one.option, one.text).value;
    return value.isUndefined() ? std::nullopt : std::optional(value);
}

CommandForm::Collected CommandForm::collect() {
    Collected all;
    for (int row = 0; row < rowCount(); ++row) {
        Field& one = field(row);
        const bool is_file = one.option.type == OptionType::file;
        const bool empty = is_file ? one.file.path.isEmpty() : one.text.trimmed().isEmpty();
        if (empty && one.option.required)
            set_error(row, is_file ? tr("A file is needed.") : tr("This is needed."));
        const bool fits = empty ? !one.option.required : settle(row);
        if (!fits && all.wrong < 0) all.wrong = row;
        if (empty || !fits) continue;
        QJsonValue value(int(all.files.size()));
        if (is_file) all.files.push_back(one.file);
        if (!is_file) value = value_of(row).value_or(QJsonValue());
        all.options.append(QJsonObject{
            {u"type"_s, int(one.option.type)}, {u"name"_s, one.option.name}, {u"value"_s, value}});
        all.rows.push_back(row);
    }
    return all;
}

void CommandForm::run() {
    if (!active_ || is_busy() || !account_) return;
    Collected all = collect();
    if (all.wrong >= 0) {
        set_stage(Stage::Filling);
        return emit fieldWanted(all.wrong);
    }
    ask_.stop();
    asker_.cancel();
    choices_.clear();
    sent_rows_ = std::move(all.rows);
    progress_ = all.files.empty() ? -1 : 0;
    delivered_ = false;
    set_stage(Stage::Sending);
    run_.run(account_,
             {guild_, channel_},
             command_.application,
             CommandBook::body(command_, all.options),
             std::move(all.files));
}

void CommandForm::set_stage(Stage stage, const QString& why) {
    stage_ = stage;
    why_ = why;
    emit changed();
}

void CommandForm::on_end(Interaction::End end, const ApiError& error) {
    switch (end) {
        case Interaction::End::answered:
            leave();
            emit ran();
            break;
        case Interaction::End::asks:
            set_stage(Stage::Failed,
                      tr("%1 asks for a form, which this program cannot show.").arg(bot()));
            break;
        case Interaction::End::silent:
            set_stage(Stage::Unanswered, tr("%1 did not answer.").arg(bot()));
            break;
        case Interaction::End::refused:
            on_refused(error);
            break;
    }
}

QString CommandForm::reason_of(const ApiError& error) const {
    if (error.kind == ApiError::Kind::host_away) return tr("the guild's host cannot be reached.");
    if (error.kind == ApiError::Kind::network) return tr("your node cannot be reached.");
    return error.message;
}

void CommandForm::on_refused(const ApiError& error) {
    QString why = reason_of(error);
    int wrong = -1;
    for (const auto& [path, text] : error.fields) {
        if (path == u"data.version"_s) emit outdated();
        const qsizetype at = path.lastIndexOf(u"options."_s);
        bool ok = false;
        const int place = at < 0 ? -1 : path.mid(at + 8).section(u'.', 0, 0).toInt(&ok);
        why = text::safe_text(text);
        if (!ok || place < 0 || place >= int(sent_rows_.size())) continue;
        const int row = sent_rows_[std::size_t(place)];
        if (!has_row(row)) continue;
        set_error(row, why);
        if (wrong < 0) wrong = row;
    }
    set_stage(Stage::Failed, tr("Not run: %1").arg(why));
    if (wrong >= 0) emit fieldWanted(wrong);
}

void CommandForm::set_error(int row, const QString& error) {
    if (field(row).error == error) return;
    field(row).error = error;
    touch(row);
}

void CommandForm::touch(int row) { emit dataChanged(index(row), index(row)); }

bool CommandForm::takes_files() const {
    return std::ranges::any_of(
        fields_, [](const Field& one) { return one.option.type == OptionType::file; });
}

/// Where a file goes: the first one to the field that has the keyboard, others to empty ones.
int CommandForm::file_row(bool first) const {
    const auto takes = [](const Field& one) { return one.option.type == OptionType::file; };
    if (first && has_row(current_) && takes(fields_[std::size_t(current_)])) return current_;
    const auto free = std::ranges::find_if(
        fields_, [&](const Field& one) { return takes(one) && one.file.path.isEmpty(); });
    return free == fields_.end() ? -1 : int(free - fields_.begin());
}

bool CommandForm::add_files(const QList<QUrl>& files) {
    if (is_busy()) return false;
    bool taken = false;
    for (const QUrl& url : files) {
        const int row = file_row(!taken);
        if (row < 0) break;
        const QFileInfo info(url.toLocalFile());
        const QString name = text::safe_name(info.fileName());
        if (!url.isLocalFile() || !info.isFile() || !info.isReadable()) {
            set_error(row, tr("%1 cannot be read.").arg(name));
            return taken;
        }
        Field& one = field(row);
        one.file.path = info.absoluteFilePath();
        one.file.name = one.text = name;
        one.error.clear();
        touch(row);
        taken = true;
    }
    if (taken) emit edited();
    return taken;
}

void CommandForm::removeFile(int row) {
    if (!has_row(row) || is_busy()) return;
    field(row).file = {};
    field(row).text.clear();
    touch(row);
}

int CommandForm::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(fields_.size());
}

QVariant CommandForm::data(const QModelIndex& index, int role) const {
    if (!has_row(index.row())) return {};
    const Field& one = fields_[std::size_t(index.row())];
    switch (role) {
        case LabelRole:
            return one.option.label;
        case HintRole:
            return CommandText::hint(one.option);
        case KindRole:
            return CommandText::kind(one.option);
        case NeededRole:
            return one.option.required;
        case ShownRole:
            return one.text;
        case ErrorRole:
            return one.error;
        case TakesFileRole:
            return one.option.type == OptionType::file;
        default:
            return {};
    }
}

QHash<int, QByteArray> CommandForm::roleNames() const {
    return {{LabelRole, "label"},
            {HintRole, "hint"},
            {KindRole, "kind"},
            {NeededRole, "needed"},
            {ShownRole, "shown"},
            {ErrorRole, "error"},
            {TakesFileRole, "takesFile"}};
}

}  // namespace guildhall::client
