// What the node tells: pages of history, new messages (gathered for one turn of the event loop, so
// that a flood is one insertion), edits, deletions, reactions, members.

#include "client-qml/timeline/shift.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kAskedAtOnce = 100, kAskedMax = 5'000, kPinsMax = 250, kUnseenMax = 10'000;

/// Fields that a partial message has; absent ones are as they were.
void apply_partial(Message& message, const QJsonObject& partial) {
    QJsonObject whole = partial;
    if (!whole.contains("author"_L1)) {
        whole[u"author"_s] = QJsonObject{{u"id"_s, id_text(message.author.id)}};
    }
    const auto parsed = parse_message(whole);
    if (!parsed) return;
    const auto has = [&](QLatin1StringView key) { return partial.contains(key); };
    if (has("content"_L1)) message.content = parsed->content;
    if (has("edited_timestamp"_L1)) message.edited_ms = parsed->edited_ms;
    if (has("pinned"_L1)) message.pinned = parsed->pinned;
    if (has("flags"_L1)) message.flags = parsed->flags;
    if (has("embeds"_L1)) message.embeds = parsed->embeds;
    if (has("attachments"_L1)) message.attachments = parsed->attachments;
    if (has("mentions"_L1)) message.mentions = parsed->mentions;
    if (has("mention_roles"_L1)) message.mention_roles = parsed->mention_roles;
    if (has("mention_everyone"_L1)) message.mention_everyone = parsed->mention_everyone;
}

}  // namespace

void TimelineModel::on_page(const History::Page& page) {
    const bool fits = continues_window(page);
    show_page(page);
    emit edgesChanged();
    emit unreadChanged();
    if (wanted_ != 0 && page.way == History::Way::around) {
        const Snowflake wanted = std::exchange(wanted_, 0);
        if (messages_.empty()) return;
        // A date, or a message that is gone: the first one after it.
        const bool is_here = find(wanted) >= 0;
        const std::size_t at =
            is_here ? lower(wanted) : std::max<std::size_t>(1, lower(wanted)) - 1;
        emit located(row_of_message(at), wanted_highlight_ && is_here);
    }
    if (following_ && page.way == History::Way::newest) emit advanced();
    mark_seen();
    // What gave way to this page, or did not fit: asked for again where one still looks at it.
    if (page.way == History::Way::newest || !fits) viewed(first_in_view_, last_in_view_);
}

/// A page that was asked for at an end that the window no longer has would leave a hole.
bool TimelineModel::continues_window(const History::Page& page) const {
    const bool is_older = page.way == History::Way::older;
    if (!is_older && page.way != History::Way::newer) return true;
    if (messages_.empty()) return false;
    const Row& end = is_older ? messages_.back() : messages_.front();
    return end.message.id == page.at;
}

void TimelineModel::show_page(const History::Page& page) {
    const Shift shift(*this);
    if (!continues_window(page)) return set_edge(page.way == History::Way::newer, Edge::idle);
    switch (page.way) {
        case History::Way::around:
            replace_all(page.messages);
            begins_ = page.reaches_oldest;
            following_ = false;
            emit followingChanged();
            set_newer_beyond(!page.reaches_newest);
            if (!newer_beyond_) sync_pending();
            if (history_.owes_newest() && !messages_.empty()) joint_ = messages_.front().message.id;
            break;
        case History::Way::newest:
            show_newest(page);
            break;
        case History::Way::newer:
            if (page.is_complete) forget_absent(page);
            absorb(page.messages);
            if (page.reaches_newest) {
                set_newer_beyond(false);
                sync_pending();
            }
            break;
        case History::Way::older:
            if (page.is_complete) forget_absent(page);
            absorb(page.messages);
            begins_ = begins_ || page.reaches_oldest;
            break;
    }
    set_edge(page.way == History::Way::newer, Edge::idle);
    if (page.way != History::Way::newer) touch(rowCount() - 1, {EdgeRole});
    trim();
}

void TimelineModel::show_newest(const History::Page& page) {
    take_incoming();
    const Snowflake joint = std::exchange(joint_, 0);
    if (page.messages.empty() && !page.reaches_oldest) return;  // nothing of it could be read
    if (newer_beyond_) return;  // one reads far above: what is new is loaded on the way down
    const Snowflake known = joint != 0          ? joint
                            : messages_.empty() ? 0
                                                : messages_.front().message.id;
    const bool touches = messages_.empty() || page.reaches_oldest ||
                         (!page.messages.empty() && page.messages.back().id <= known);
    if (touches) {
        forget_absent(page);
        absorb(page.messages);
    } else if (following_) {
        // What came while the page was on its way is newer than all of it.
        std::vector<Message> all;
        for (std::size_t at = 0; at < lower(page.messages.front().id); ++at) {
            all.push_back(messages_[at].message);
        }
        all.insert(all.end(), page.messages.begin(), page.messages.end());
        replace_all(std::move(all));
        sync_pending();
    } else {
        erase(0, lower(known));
        set_newer_beyond(true);
        return;
    }
    if (page.reaches_oldest) begins_ = true;
    if (!has_new_) start_new_line();
}

void TimelineModel::on_failed(History::Way way, const ApiError& error) {
    if (way == History::Way::around) {
        wanted_ = 0;
        emit noticed(error.message.isEmpty() ? tr("The message could not be loaded.")
                                             : error.message);
        return;
    }
    if (way == History::Way::newest && !messages_.empty()) {
        viewed(first_in_view_, last_in_view_);  // the cache is shown; a scroll gave way to this
        return;
    }
    set_edge(way == History::Way::newer, Edge::failed);
}

void TimelineModel::on_created(const Message& message) {
    if (message.channel != channel_) return;
    if (incoming_.empty()) {
        QMetaObject::invokeMethod(this, &TimelineModel::take_incoming, Qt::QueuedConnection);
    }
    incoming_.push_back(message);
    incoming_.back().guild = guild_;
}

void TimelineModel::take_incoming() {
    std::vector<Message> fresh = std::exchange(incoming_, {});
    if (fresh.empty() || !account_) return;
    const Shift shift(*this);
    const Snowflake self = state().self().id;
    std::vector<Message> run;
    for (Message& one : fresh) {
        const bool is_echo = one.author.id == self && !one.nonce.isEmpty() &&
                             std::ranges::find(pending_, one.nonce, &Row::nonce) != pending_.end();
        if (!is_echo) {
            run.push_back(std::move(one));
            continue;
        }
        std::ranges::sort(run, std::greater(), &Message::id);
        if (!newer_beyond_) absorb(std::exchange(run, {}));
        const QString nonce = one.nonce;
        confirm(nonce, std::move(one));
    }
    std::ranges::sort(run, std::greater(), &Message::id);
    const auto [first, last] = std::ranges::unique(run, {}, &Message::id);
    run.erase(first, last);
    const int count = int(run.size());
    std::vector<Snowflake> others;
    for (const Message& one : run) {
        if (one.author.id != self) others.push_back(one.id);
    }
    if (!active_ && !has_new_ && count > 0 && !messages_.empty()) {
        has_new_ = true;  // nobody looks: the line lies where they stopped
        new_after_ = messages_.front().message.id;
    }
    const bool is_full = messages_.size() + run.size() > kRowsMax;
    if (newer_beyond_ || (!following_ && is_full)) {
        // Where one reads stays; these lie in the cache until one comes down.
        set_newer_beyond(true);
    } else {
        absorb(std::move(run));
        trim();
    }
    if (following_) {
        emit advanced();
    } else {
        for (const Snowflake id : others) {
            if (unseen_.size() < kUnseenMax) unseen_.insert(id);
        }
    }
    emit unreadChanged();
    mark_seen();
    history_.catch_up();
}

void TimelineModel::on_updated(quint64 channel, const QJsonObject& partial) {
    if (channel != channel_) return;
    take_incoming();
    const int at = find(id_of(partial, "id"_L1));
    if (at < 0) return;
    Message message = messages_[std::size_t(at)].message;
    apply_partial(message, partial);
    replace(std::size_t(at), std::move(message));
}

void TimelineModel::on_removed(quint64 channel, const std::vector<quint64>& ids) {
    if (channel != channel_) return;
    take_incoming();
    const Shift shift(*this);
    for (const Snowflake id : ids) {
        unseen_.remove(id);
        const int at = find(id);
        if (at >= 0) erase(std::size_t(at), 1);
    }
    emit unreadChanged();
}

void TimelineModel::on_reaction(quint64 channel, quint64 message, const Reaction& one, int step) {
    if (channel != channel_) return;
    take_incoming();
    step_reaction(message, one, step);
}

void TimelineModel::step_reaction(Snowflake message, const Reaction& one, int step) {
    const int at = find(message);
    if (at < 0) return;
    std::vector<Reaction>& all = messages_[std::size_t(at)].message.reactions;
    const auto here = std::ranges::find_if(all, [&](const Reaction& other) {
        return other.emoji.id == one.emoji.id &&
               (one.emoji.id != 0 || other.emoji.name == one.emoji.name);
    });
    if (here == all.end()) {
        if (step < 0 || qsizetype(all.size()) >= kReactionsMax) return;
        all.push_back(one);
    } else {
        // One's own were counted when one made them, before the node told of them.
        if (one.mine && here->mine == (step > 0)) return;
        if (one.mine) here->mine = step > 0;
        here->count += step;
        if (here->count <= 0) all.erase(here);
    }
    commands_.forget_reactors(id_text(message));
    touch(row_of_message(std::size_t(at)), {ReactionsRole, SpokenRole});
}

void TimelineModel::show_pin(Snowflake message, bool pinned) {
    const int at = find(message);
    if (at < 0) return;
    messages_[std::size_t(at)].message.pinned = pinned;
    touch(row_of_message(std::size_t(at)), {PinnedRole, SpokenRole});
}

/// The dispatch says that pins changed, not which.
void TimelineModel::on_pins(quint64 channel) {
    if (channel != channel_) return;
    Request request;
    request.path = u"/channels/%1/pins"_s.arg(channel_);
    account_->rest().send(std::move(request), this, [this, channel](const Answer& answer) {
        if (channel != channel_ || !answer.ok() || !answer.body.isArray()) return;
        const QJsonArray pins = answer.body.toArray();
        QSet<Snowflake> pinned;
        for (qsizetype i = 0; i < std::min(pins.size(), kPinsMax); ++i) {
            pinned.insert(id_of(pins[i].toObject(), "id"_L1));
        }
        for (const Row& row : messages_) {
            const Snowflake id = row.message.id;
            const bool now = pinned.contains(id);
            if (row.message.pinned == now) continue;
            state().cache().edit_message(
                channel_, id, [now](QJsonObject& message) { message["pinned"_L1] = now; });
            show_pin(id, now);
        }
    });
}

void TimelineModel::on_reactions_cleared(quint64 channel, quint64 message, const Emoji& emoji) {
    const int at = channel == channel_ ? find(message) : -1;
    if (at < 0) return;
    const bool all = emoji.id == 0 && emoji.name.isEmpty();
    std::erase_if(messages_[std::size_t(at)].message.reactions, [&](const Reaction& one) {
        return all || (one.emoji.id == emoji.id && (emoji.id != 0 || one.emoji.name == emoji.name));
    });
    commands_.forget_reactors(id_text(message));
    touch(row_of_message(std::size_t(at)), {ReactionsRole, SpokenRole});
}

void TimelineModel::on_member(quint64 guild, quint64 user) {
    if (guild != guild_ || !account_) return;
    if (user == state().self().id) emit rightsChanged();
    const int first = std::max(0, first_in_view_ - 40);
    const int last = std::min(rowCount() - 1, last_in_view_ + 40);
    int from = -1, to = -1;
    for (int row = first; row <= last; ++row) {
        const Row* one = row_at(row);
        if (!one || one->message.author.id != user) continue;
        if (from < 0) from = row;
        to = row;
    }
    if (from < 0) return;
    emit dataChanged(index(from), index(to), {AuthorRole, AuthorColorRole, AvatarRole, SpokenRole});
}

/// Members who wrote and are not known are asked for, many at once: their nicknames and colours.
void TimelineModel::want_member(Snowflake user) const {
    if (members_asked_.size() >= kAskedMax || members_asked_.contains(user)) return;
    members_asked_.insert(user);
    members_wanted_.insert(user);
    if (!members_.isActive()) members_.start();
}

void TimelineModel::ask_members() {
    if (!account_ || guild_ == 0) return;
    QJsonArray ids;
    for (const Snowflake id : std::exchange(members_wanted_, {})) {
        if (ids.size() < kAskedAtOnce) ids.append(id_text(id));
    }
    if (ids.isEmpty() || !state().is_live()) return;
    account_->gateway().send(
        opcode::kAskMembers,
        QJsonObject{{u"guild_id"_s, id_text(guild_)}, {u"user_ids"_s, ids}, {u"limit"_s, 0}});
}

}  // namespace guildhall::client
