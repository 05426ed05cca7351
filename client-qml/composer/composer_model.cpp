#include "client-qml/composer/composer_model.h"

#include "client-qml/core/models/permission_text.h"
#include "client-qml/core/text/bidi.h"
#include "client-qml/core/text/emoji.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

namespace guildhall::client {

using namespace Qt::StringLiterals;
namespace bits = protocol::permissions;

namespace {
constexpr std::size_t kWaitingMax = 100;
constexpr int kDraftMs = 400, kTypingMs = 8'000, kSlowLookMs = 500;
}  // namespace

ComposerModel::ComposerModel(QObject* parent) : QObject(parent) {
    draft_.setSingleShot(true);
    draft_.setInterval(kDraftMs);
    connect(&draft_, &QTimer::timeout, this, &ComposerModel::keep_draft);
    slow_.setInterval(kSlowLookMs);
    connect(&slow_, &QTimer::timeout, this, [this] {
        if (slowLeft() == 0) slow_.stop();
        emit slowChanged();
        emit textChanged();
    });
    connect(&files_, &AttachmentList::countChanged, this, &ComposerModel::textChanged);
    connect(&files_, &AttachmentList::refused, this, &ComposerModel::noticed);
    watch_form();
}

void ComposerModel::watch_form() {
    connect(&form_, &CommandForm::changed, this, &ComposerModel::textChanged);
    connect(&form_, &CommandForm::edited, &draft_, qOverload<>(&QTimer::start));
    connect(&form_, &CommandForm::delivered, this, &ComposerModel::keep_draft);
    connect(&form_, &CommandForm::lost, this, &ComposerModel::take_back);
    connect(&form_, &CommandForm::ran, this, [this] {
        keep_draft();
        emit sent();
    });
    connect(&form_, &CommandForm::outdated, this, [this] {
        commands_.expire();
        commands_.load(account_, guild_, channel_);
    });
    connect(&commands_, &CommandBook::changed, this, &ComposerModel::begin_command);
}

/// A command that was on its way when one left is a draft again once it is known not to have run.
void ComposerModel::take_back(Snowflake channel,
                              const QString& command,
                              const QString& why,
                              bool unclear) {
    const QString name = command.section(u' ', 0, 0);
    if (unclear) return emit noticed(tr("It is not known whether %1 was run: %2").arg(name, why));
    emit noticed(tr("%1 was not run: %2").arg(name, why));
    if (!account_ || channel == 0) return;
    const bool is_here = channel == channel_;
    const bool is_free = is_here ? text_.isEmpty() && !form_.is_active()
                                 : account_->cache().draft(channel).isEmpty();
    if (!is_free || (is_here && edit_ != 0)) return;
    account_->cache().put_draft(channel, command);
    if (!is_here) return;
    show_text(command);
    begin_command();
}

ComposerModel::~ComposerModel() {
    if (draft_.isActive()) keep_draft();
}

void ComposerModel::setAccount(Account* account) {
    if (account == account_) return;
    leave();
    if (account_) {
        account_->disconnect(this);
        account_->state().disconnect(this);
        account_->outbox().disconnect(this);
    }
    account_ = account;
    if (account_) {
        const State* state = &account_->state();
        const auto rights = [this](quint64 guild) {
            if (guild == guild_) emit rightsChanged();
        };
        connect(state, &State::guild_changed, this, rights);
        connect(state, &State::channels_changed, this, rights);
        connect(state, &State::member_changed, this, [this](quint64 guild, quint64 user) {
            if (guild == guild_ && account_ && user == state_self()) emit rightsChanged();
        });
        connect(state, &State::channel_changed, this, [this](quint64 channel) {
            if (channel != channel_) return;
            emit rightsChanged();
            emit placeChanged();
        });
        connect(state, &State::reset, this, [this] {
            const Channel* known = this->state().channel(channel_);
            guild_ = known ? known->guild : 0;
            emit placeChanged();
            emit rightsChanged();
        });
        connect(&account_->outbox(), &Outbox::changed, this, &ComposerModel::hostChanged);
    }
    open();
}

Snowflake ComposerModel::state_self() const { return state().self().id; }

void ComposerModel::setChannelId(const QString& channel) {
    const Snowflake id = snowflake(QStringView(channel));
    if (id == channel_) return;
    leave();
    channel_ = id;
    open();
}

/// Nothing that was begun is lost by going elsewhere.
void ComposerModel::leave() {
    if (form_.is_busy()) {
        form_.let_go();
        keep_draft();
    }
    if (draft_.isActive()) keep_draft();
    if (!account_ || channel_ == 0) return;
    Unfinished one{.reply = reply_,
                   .edit = edit_,
                   .pings = pings_,
                   .reply_author = reply_author_,
                   .reply_text = reply_text_,
                   .files = files_.exchange({})};
    if (edit_ != 0) one.edit_content = book_.to_codes(text_);
    shelf_.put(account_->record().key, channel_, std::move(one));
}

void ComposerModel::come_back() {
    if (!account_) return;
    Unfinished one = shelf_.take(account_->record().key, channel_);
    files_.exchange(std::move(one.files));
    if (one.edit != 0) return edit(id_text(one.edit), one.edit_content);
    reply_ = one.reply;
    reply_author_ = one.reply_author;
    reply_text_ = one.reply_text;
    pings_ = one.pings;
}

void ComposerModel::open() {
    draft_.stop();
    reply_ = edit_ = 0;
    busy_ = false;
    ++edit_call_;
    book_.clear();
    files_.exchange({});
    guild_ = 0;
    QString draft;
    if (account_ && channel_ != 0) {
        const Channel* known = state().channel(channel_);
        guild_ = known ? known->guild : 0;
        draft = book_.to_names(account_->cache().draft(channel_), state(), guild_);
    }
    form_.set_place(account_, guild_, channel_);
    show_text(draft);
    if (draft.startsWith(u'/')) commands_.load(account_, guild_, channel_);
    begin_command();
    come_back();
    slow_.start();
    emit placeChanged();
    emit barChanged();
    emit rightsChanged();
    emit hostChanged();
}

void ComposerModel::show_text(const QString& text) {
    text_ = text;
    emit textChanged();
}

QString ComposerModel::channelName() const {
    const Channel* known = account_ ? state().channel(channel_) : nullptr;
    if (!known) return {};
    if (known->guild != 0 || known->recipients.empty()) return text::safe_name(known->name);
    return state().display_name(0, known->recipients.front());
}

void ComposerModel::setText(const QString& text) {
    if (text == text_) return;
    const bool grew = text.size() > text_.size();
    text_ = text.left(kTextMax);
    if (text.size() > kTextMax) emit noticed(tr("The text was cut: it was far too long."));
    if (edit_ == 0) draft_.start();
    if (text_.startsWith(u'/') && edit_ == 0) {
        commands_.load(account_, guild_, channel_);
        begin_command();
    }
    if (grew && edit_ == 0 && !text_.startsWith(u'/')) tell_typing();
    emit textChanged();
}

void ComposerModel::keep_draft() {
    draft_.stop();
    if (!account_ || channel_ == 0 || edit_ != 0) return;
    account_->cache().put_draft(channel_, form_.is_active() ? form_.text() : book_.to_codes(text_));
}

void ComposerModel::tell_typing() {
    if (!account_ || !state().is_live() || !reason().isEmpty()) return;
    const qint64 now = state().clock().steady_ms();
    if (typing_told_ms_ != 0 && now - typing_told_ms_ < kTypingMs) return;
    typing_told_ms_ = now;
    Request request;
    request.method = "POST";
    request.path = u"/channels/%1/typing"_s.arg(id_text(channel_));
    account_->rest().send(std::move(request), this, [](const Answer&) {});
}

bool ComposerModel::has(Permissions bit) const {
    return account_ && state().permissions(channel_).has(bit);
}

QString ComposerModel::reason() const {
    const Channel* known = account_ ? state().channel(channel_) : nullptr;
    if (!known || known->guild == 0) return {};
    const Permissions bit = known->is_thread() ? bits::kSendMessagesInThreads : bits::kSendMessages;
    if (has(bit)) return {};
    const QString why = PermissionText::explain_text(state(), guild_, channel_, bit);
    return why.isEmpty() ? tr("You cannot write here.") : tr("You cannot write here. %1").arg(why);
}

bool ComposerModel::mayAttach() const { return has(bits::kAttachFiles) && reason().isEmpty(); }

QString ComposerModel::hostText() const {
    if (!account_) return {};
    const auto items = account_->outbox().items(channel_);
    const bool waits = std::ranges::any_of(items, &Outbox::Item::host_away);
    if (host_away_.isEmpty() && !waits) return {};
    const QString host = host_away_.isEmpty() ? tr("the host") : host_away_;
    return tr("Read-only: host away. What you write waits here and is sent when %1 is back.")
        .arg(host);
}

int ComposerModel::slowLeft() const {
    const Channel* known = account_ ? state().channel(channel_) : nullptr;
    if (!known || known->slow_mode_s == 0 || !sent_ms_.contains(channel_)) return 0;
    const Permissions free = bits::kManageMessages | bits::kManageChannels | bits::kBypassSlowmode;
    if (state().permissions(channel_).has_any(free)) return 0;
    const qint64 until = sent_ms_.value(channel_) + known->slow_mode_s * qint64(1'000);
    const qint64 left = until - state().clock().steady_ms();
    return int(std::clamp<qint64>((left + 999) / 1'000, 0, 21'600));
}

QString ComposerModel::content() const {
    const Guild* guild = account_ ? state().guild(guild_) : nullptr;
    const auto own = [guild](QStringView name) -> QString {
        if (!guild) return {};
        const auto found = std::ranges::find_if(
            guild->emojis, [&](const Emoji& one) { return one.available && one.name == name; });
        return found == guild->emojis.end() ? QString() : found->code();
    };
    return text::with_emoji(book_.to_codes(text_), text::unicode_emoji(), own).trimmed();
}

int ComposerModel::left() const { return kContentMax - int(content().size()); }

bool ComposerModel::canSend() const {
    if (form_.is_active()) return account_ && !form_.is_busy();
    const bool something = !text_.trimmed().isEmpty() || (edit_ == 0 && files_.rowCount() > 0);
    return account_ && something && left() >= 0 && !busy_ && reason().isEmpty() &&
           (edit_ != 0 || slowLeft() == 0);
}

void ComposerModel::setPings(bool pings) {
    pings_ = pings;
    emit barChanged();
}

void ComposerModel::reply(const QString& message, const QString& author, const QString& text) {
    if (edit_ != 0) cancel();
    reply_ = snowflake(QStringView(message));
    reply_author_ = author;
    reply_text_ = text;
    pings_ = true;
    emit barChanged();
}

void ComposerModel::edit(const QString& message, const QString& content) {
    if (!account_) return;
    if (edit_ == 0) {
        keep_draft();
        before_edit_ = form_.is_active() ? form_.text() : text_;
    }
    form_.is_busy() ? form_.let_go() : form_.leave();
    reply_ = 0;
    busy_ = false;
    ++edit_call_;
    edit_ = snowflake(QStringView(message));
    show_text(book_.to_names(content, state(), guild_));
    emit barChanged();
}

bool ComposerModel::cancel() {
    if (form_.is_active()) {
        form_.leave();
        keep_draft();
    } else if (edit_ != 0) {
        edit_ = 0;
        busy_ = false;
        ++edit_call_;
        show_text(std::exchange(before_edit_, {}));
        begin_command();
    } else if (reply_ != 0) {
        reply_ = 0;
    } else {
        return false;
    }
    emit barChanged();
    return true;
}

void ComposerModel::send() {
    if (!canSend()) return;
    if (form_.is_active()) return form_.run();
    const QString content = this->content();
    if (edit_ != 0) return send_edit(content);
    if (const SlashCommand* command = commands_.find(content)) {
        startCommand(command->key());
        return form_.run();
    }
    Draft draft;
    draft.channel = channel_;
    draft.content = content;
    draft.reply_to = reply_;
    draft.reply_pings = pings_;
    if (account_->outbox().items(channel_).size() >= kWaitingMax) {
        emit noticed(tr("Too many messages wait to be sent here."));
        return;
    }
    draft.files = files_.uploads();
    if (!account_->outbox().put(draft)) {
        emit noticed(tr("Too many messages wait to be sent."));
        return;
    }
    files_.exchange({});
    sent_ms_[channel_] = state().clock().steady_ms();
    typing_told_ms_ = 0;
    reply_ = 0;
    draft_.stop();
    account_->cache().put_draft(channel_, QString());
    show_text(QString());
    slow_.start();
    emit slowChanged();
    emit barChanged();
    emit sent();
}

bool ComposerModel::startCommand(const QString& key) {
    const SlashCommand* command = commands_.by_key(key);
    if (!command || edit_ != 0) return false;
    reply_ = 0;
    const QString written = book_.to_codes(text_);
    const bool named = commands_.find(written) == command;
    const QString rest = named ? written.mid(command->path.size() + 1).trimmed() : QString();
    show_text(QString());
    form_.begin(*command, rest);
    emit barChanged();
    return true;
}

/// Who writes "/weather " means the command; so does a draft.
void ComposerModel::begin_command() {
    if (form_.is_active() || edit_ != 0 || !text_.startsWith(u'/')) return;
    const SlashCommand* command = commands_.find(text_);
    const bool takes = command && !command->options.empty();
    const bool ended = takes && text_.size() > command->path.size() + 1;
    if (ended) startCommand(command->key());
}

void ComposerModel::attach(const QList<QUrl>& files) {
    if (form_.is_active()) {
        if (!form_.takes_files()) emit noticed(tr("This command takes no files."));
        form_.add_files(files);
    } else if (edit_ != 0) {
        emit noticed(tr("An edited message gets no new files."));
    } else if (mayAttach()) {
        files_.add(files);
    } else {
        emit noticed(tr("You cannot attach files here."));
    }
}

void ComposerModel::send_edit(const QString& content) {
    Request request;
    request.method = "PATCH";
    request.path = u"/channels/%1/messages/%2"_s.arg(id_text(channel_), id_text(edit_));
    request.body = QJsonObject{{u"content"_s, content}};
    request.repeatable = true;
    busy_ = true;
    emit barChanged();
    emit textChanged();
    const auto done = [this, call = ++edit_call_, sent = text_](const Answer& answer) {
        const bool is_here = call == edit_call_;
        if (is_here) busy_ = false;
        emit textChanged();
        emit barChanged();
        if (answer.ok()) {
            // What was typed since is an edit of its own.
            if (is_here && text_ == sent) cancel();
        } else if (answer.error.kind == ApiError::Kind::host_away) {
            emit noticed(tr("Not changed: the guild's host cannot be reached."));
        } else {
            emit noticed(answer.error.message.isEmpty() ? tr("Not changed.")
                                                        : answer.error.message);
        }
    };
    account_->rest().send(std::move(request), this, done);
}

bool ComposerModel::paste() {
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    return data && paste(*data);
}

bool ComposerModel::paste(const QMimeData& data) {
    if (!mayAttach() || edit_ != 0) return false;
    const QList<QUrl> urls = data.urls();
    if (!urls.isEmpty() && urls.front().isLocalFile()) {
        attach(urls);
        return true;
    }
    // Office programs offer a picture of every text.
    if (!data.hasImage() || data.hasText()) return false;
    const QString kept = files_.keep_picture(qvariant_cast<QImage>(data.imageData()),
                                             account_->outbox().pasted_folder());
    if (!kept.isEmpty()) attach({QUrl::fromLocalFile(kept)});
    return !kept.isEmpty();
}

QString ComposerModel::remember(const QString& shown, const QString& code) {
    const QString written = book_.add(shown, code);
    emit textChanged();
    return written;
}

}  // namespace guildhall::client
