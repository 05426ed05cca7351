#include "client-qml/timeline/history.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype kAnswerMax = 100;  // the most that a node may answer with
}

void History::show(Account* account, Snowflake channel) {
    drop_call();
    owes_newest_ = false;
    account_ = account;
    channel_ = channel;
    const Channel* known = account ? account->state().channel(channel) : nullptr;
    guild_ = known ? known->guild : 0;
    emit busy_changed();
}

void History::drop_call() {
    const Rest::Call call = std::exchange(call_, 0);
    if (call != 0 && account_) account_->rest().cancel(call);
}

void History::forget() {
    if (call_ == 0) return;
    drop_call();
    emit busy_changed();
}

/// Histories carry no guild; rows need it to name people.
void History::adopt(std::vector<Message>& messages) const {
    for (Message& one : messages) one.guild = guild_;
}

History::Page History::cached_newest() const {
    Page page;
    if (!account_ || channel_ == 0) return page;
    CachedPage found = account_->cache().newest(channel_, kPage);
    page.messages = std::move(found.messages);
    page.reaches_oldest =
        !page.messages.empty() && !found.gap_before && qsizetype(page.messages.size()) < kPage;
    page.reaches_newest = true;
    adopt(page.messages);
    return page;
}

std::optional<History::Page> History::cached(Way way, Snowflake at) const {
    const Cache& cache = account_->cache();
    CachedPage found = way == Way::older   ? cache.before(channel_, at, kPage)
                       : way == Way::newer ? cache.after(channel_, at, kPage)
                                           : cache.around(channel_, at, kPage);
    const auto is_it = [at](const Message& one) { return one.id == at; };
    const bool reaches_end = way == Way::older ? !found.gap_before : found.reaches_newest;
    // An empty page says something only where it says that there is nothing.
    const bool answers = way == Way::around ? std::ranges::any_of(found.messages, is_it)
                                            : !found.messages.empty() || reaches_end;
    if (!answers) return std::nullopt;
    Page page;
    page.way = way;
    page.at = at;
    const bool is_short = qsizetype(found.messages.size()) < kPage;
    page.reaches_oldest = way != Way::newer && !found.gap_before && is_short;
    page.reaches_newest = found.reaches_newest;
    page.messages = std::move(found.messages);
    adopt(page.messages);
    return page;
}

void History::load(Way way, Snowflake at) {
    if (!account_ || channel_ == 0) return;
    const bool is_scroll = way == Way::older || way == Way::newer;
    if (!is_scroll) drop_call();
    // What is cached waits for no answer: without a line that may never come.
    if (way != Way::newest) {
        if (auto page = cached(way, at)) {
            emit arrived(*page);
            if (!is_scroll) catch_up();
            return;
        }
    }
    if (call_ == 0) ask(way, at);
}

void History::refresh() {
    owes_newest_ = true;
    if (!is_busy(Way::around)) drop_call();
    ask(Way::newest, 0);
}

void History::catch_up() {
    if (owes_newest_) ask(Way::newest, 0);
}

void History::ask(Way way, Snowflake at) {
    if (!account_ || channel_ == 0 || call_ != 0) return;
    static const QString keys[] = {QString(), u"before"_s, u"after"_s, u"around"_s};
    Request request;
    request.path = u"/channels/%1/messages"_s.arg(id_text(channel_));
    request.query.addQueryItem(u"limit"_s, QString::number(kPage));
    if (way != Way::newest) request.query.addQueryItem(keys[int(way)], id_text(at));
    way_ = way;
    at_ = at;
    const auto mine = std::make_shared<Rest::Call>(0);
    call_ = account_->rest().send(std::move(request), this, [this, mine](const Answer& answer) {
        if (*mine == call_) on_answer(answer);  // else: another channel is shown by now
    });
    *mine = call_;
    emit busy_changed();
}

void History::on_answer(const Answer& answer) {
    call_ = 0;
    emit busy_changed();
    if (answer.error.kind == ApiError::Kind::cancelled || !account_) return;
    const bool was_newest = way_ == Way::newest;
    const bool may_pass = answer.error.kind == ApiError::Kind::network ||
                          answer.error.kind == ApiError::Kind::server ||
                          answer.error.kind == ApiError::Kind::limited ||
                          answer.error.kind == ApiError::Kind::host_away;
    if (was_newest) owes_newest_ = !answer.ok() && may_pass;
    if (answer.ok()) {
        emit arrived(take(answer.body.toArray()));
    } else {
        emit failed(way_, answer.error);
    }
    if (!was_newest) catch_up();
}

History::Page History::take(const QJsonArray& answered) {
    Page page;
    page.way = way_;
    page.at = at_;
    QJsonArray kept;
    for (qsizetype i = 0; i < std::min(answered.size(), kAnswerMax); ++i) {
        auto message = parse_message(answered.at(i).toObject());
        if (!message || message->channel != channel_) continue;
        account_->state().learn(*message);
        kept.append(answered.at(i));
        page.messages.push_back(std::move(*message));
    }
    adopt(page.messages);
    std::ranges::sort(page.messages, std::greater(), &Message::id);
    const auto [first, last] = std::ranges::unique(page.messages, {}, &Message::id);
    page.messages.erase(first, last);
    const bool is_short = answered.size() < kPage;
    page.is_complete = true;
    // Around a message that is gone are its neighbours: nothing is there only in an empty channel.
    const bool has_none = way_ == Way::around && answered.isEmpty();
    page.reaches_oldest = has_none || (is_short && (way_ == Way::newest || way_ == Way::older));
    page.reaches_newest = has_none || way_ == Way::newest || (way_ == Way::newer && is_short);
    const Snowflake oldest = page.messages.empty() ? at_ : page.messages.back().id;
    const Snowflake newest = page.messages.empty() ? at_ : page.messages.front().id;
    page.low = way_ == Way::newer ? at_ + 1 : page.reaches_oldest ? 0 : oldest;
    page.high = way_ == Way::older ? at_ - 1 : newest;
    if (page.high >= page.low && page.high != 0) {
        account_->cache().put_page(channel_, page.low, page.high, kept);
    }
    return page;
}

}  // namespace guildhall::client
