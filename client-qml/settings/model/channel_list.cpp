#include "client-qml/settings/model/channel_list.h"

#include "client-qml/core/text/bidi.h"

#include <tuple>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

struct Kind {
    const char* name;
    ChannelType type;
    const char* icon;
};
constexpr Kind kKinds[] = {
    {"text", ChannelType::text, "hash"},
    {"voice", ChannelType::voice, "volume-2"},
    {"category", ChannelType::category, "folder"},
    {"announcement", ChannelType::announcement, "megaphone"},
};

QString icon_of(ChannelType type) {
    const auto* at = std::ranges::find(kKinds, type, &Kind::type);
    return QString::fromLatin1(at == std::end(kKinds) ? kKinds[0].icon : at->icon);
}

bool is_category(const Channel& channel) { return channel.type == ChannelType::category; }

QJsonObject field(Snowflake parent, int position) {
    return {{u"parent_id"_s, id_text(parent)}, {u"position"_s, position}};
}

}  // namespace

ChannelList::ChannelList(QObject* parent)
    : Form(parent),
      rows_(new RowList({"key", "name", "type", "isCategory", "parentId", "glyph"}, this)),
      categories_(new RowList({"key", "name"}, this)) {
    connect(this, &Form::fieldsChanged, this, &ChannelList::show);
}

void ChannelList::load() { shown_ = 0; }

void ChannelList::refresh() {
    set_reason(why_not(protocol::permissions::kManageChannels));
    if (!guild()) return;
    QJsonObject all;
    for (const Channel& channel : guild()->channels) {
        if (!channel.is_thread())
            all[id_text(channel.id)] = field(channel.parent, channel.position);
    }
    if (std::exchange(shown_, guild_id()) == guild_id()) {
        take(all);
    } else {
        begin(all);
    }
}

ChannelList::Entry ChannelList::entry(const Channel& channel) const {
    const QJsonObject place = value(id_text(channel.id)).toObject();
    const Snowflake parent = id_of(place, "parent_id"_L1);
    const Channel* above = guild()->channel(parent);
    const bool is_there = above && is_category(*above) && !is_category(channel);
    return {&channel, is_there ? parent : 0, place["position"_L1].toInt()};
}

/// Top to bottom: channels without a category, then each category and its own.
std::vector<ChannelList::Entry> ChannelList::entries() const {
    std::vector<Entry> all;
    if (!guild()) return all;
    for (const Channel& channel : guild()->channels) {
        if (!channel.is_thread()) all.push_back(entry(channel));
    }
    QHash<Snowflake, int> of_category;
    for (const Entry& one : all) of_category[one.channel->id] = one.position;
    std::ranges::sort(all, {}, [&](const Entry& one) {
        const bool category = is_category(*one.channel);
        const Snowflake home = category ? one.channel->id : one.parent;
        return std::tuple(home != 0,
                          home == 0 ? 0 : of_category[home],
                          home,
                          !category,
                          one.channel->is_voice(),
                          one.position,
                          one.channel->id);
    });
    return all;
}

void ChannelList::show() {
    std::vector<QVariantMap> rows, categories{{{u"key"_s, QString()}, {u"name"_s, tr("None")}}};
    for (const Entry& one : entries()) {
        const QString id = id_text(one.channel->id);
        const QString name = text::safe_name(one.channel->name, id);
        rows.push_back({{u"key"_s, id},
                        {u"name"_s, name},
                        {u"type"_s, int(one.channel->type)},
                        {u"isCategory"_s, is_category(*one.channel)},
                        {u"parentId"_s, id_text(one.parent)},
                        {u"glyph"_s, icon_of(one.channel->type)}});
        if (is_category(*one.channel)) {
            categories.push_back({{u"key"_s, id}, {u"name"_s, name}});
        }
    }
    rows_->set(std::move(rows));
    categories_->set(std::move(categories));
}

ChannelList::Bucket ChannelList::bucket_of(const Entry& entry) const {
    return {entry.parent, entry.channel->is_voice(), is_category(*entry.channel)};
}

std::vector<Ordered> ChannelList::bucket(const Bucket& of) const {
    std::vector<Ordered> found;
    for (const Entry& one : entries()) {
        const Bucket home = bucket_of(one);
        if (home.parent == of.parent && home.voice == of.voice &&
            home.categories == of.categories) {
            found.push_back({one.channel->id, one.position});
        }
    }
    return found;
}

/// No category, then all categories in their order.
std::vector<Snowflake> ChannelList::sections() const {
    std::vector<Snowflake> found{0};
    for (const Ordered& one : bucket({0, false, true})) found.push_back(one.id);
    return found;
}

void ChannelList::apply(const Bucket& to, const std::vector<Ordered>& order) {
    for (const Ordered& one : order) {
        set(id_text(one.id), field(to.parent, one.position).toVariantMap());
    }
}

void ChannelList::step(const QString& channel, int step) {
    const Channel* moving = guild() ? guild()->channel(snowflake(QStringView(channel))) : nullptr;
    if (!moving || !editable()) return;
    const Entry now = entry(*moving);
    const Bucket home = bucket_of(now);
    const std::vector<Ordered> order = bucket(home);
    const int at = int(std::ranges::find(order, moving->id, &Ordered::id) - order.begin());
    const int to = at + step;
    if (to >= 0 && to < int(order.size())) {
        apply(home, reordered(order, at, to, 0));
    } else if (!home.categories) {
        step_over(now, step);
    }
}

/// Into the category above, as its last, or the one below, as its first.
void ChannelList::step_over(const Entry& moving, int step) {
    const std::vector<Snowflake> all = sections();
    const auto at = std::ranges::find(all, moving.parent) - all.begin() + step;
    if (at < 0 || at >= std::ptrdiff_t(all.size())) return;
    Bucket to = bucket_of(moving);
    to.parent = all[std::size_t(at)];
    const std::vector<Ordered> there = bucket(to);
    apply(to, inserted(there, moving.channel->id, step < 0 ? int(there.size()) : 0, 0));
}

void ChannelList::moveTo(const QString& channel, int row) {
    const Snowflake id = snowflake(QStringView(channel));
    const Channel* moving = guild() ? guild()->channel(id) : nullptr;
    if (!moving || !editable()) return;
    const Entry now = entry(*moving);
    if (is_category(*moving)) return move_category(now, row);
    std::vector<Entry> others = entries();
    std::erase_if(others, [&](const Entry& one) { return one.channel->id == id; });
    row = std::clamp(row, 0, int(others.size()));
    Bucket to = bucket_of(now);
    to.parent = 0;
    if (row > 0) {
        const Entry& above = others[std::size_t(row - 1)];
        to.parent = is_category(*above.channel) ? above.channel->id : above.parent;
    }
    int place = 0;
    for (int i = 0; i < row; ++i) {
        const Bucket home = bucket_of(others[std::size_t(i)]);
        place += home.parent == to.parent && home.voice == to.voice && !home.categories;
    }
    std::vector<Ordered> there = bucket(to);
    const auto at = std::ranges::find(there, id, &Ordered::id);
    apply(to,
          at == there.end() ? inserted(there, id, place, 0)
                            : reordered(there, int(at - there.begin()), place, 0));
}

void ChannelList::move_category(const Entry& moving, int row) {
    const std::vector<Ordered> order = bucket({0, false, true});
    int place = 0, i = 0;
    for (const Entry& one : entries()) {
        if (i++ >= row) break;
        place += is_category(*one.channel) && one.channel->id != moving.channel->id;
    }
    const auto at = std::ranges::find(order, moving.channel->id, &Ordered::id) - order.begin();
    apply({0, false, true}, reordered(order, int(at), place, 0));
}

std::vector<Form::Part> ChannelList::parts(const QJsonObject& changed) {
    QJsonArray body;
    for (auto it = changed.begin(); it != changed.end(); ++it) {
        const Channel* channel =
            guild() ? guild()->channel(snowflake(QStringView(it.key()))) : nullptr;
        if (!channel) continue;
        const Entry now = entry(*channel);
        QJsonObject one{{u"id"_s, it.key()}, {u"position"_s, now.position}};
        if (now.parent != channel->parent) {
            one[u"parent_id"_s] = now.parent == 0 ? QJsonValue() : QJsonValue(id_text(now.parent));
        }
        body.append(one);
    }
    return one_part(request_of("PATCH", guild_path(u"/channels"_s), body), changed);
}

void ChannelList::create(const QString& name, const QString& type, const QString& parentId) {
    const auto* kind = std::ranges::find_if(
        kKinds, [&](const Kind& one) { return QLatin1StringView(one.name) == type; });
    if (kind == std::end(kKinds) || name.trimmed().isEmpty() || busy()) return;
    QJsonObject body{{u"name"_s, name.trimmed()}, {u"type"_s, int(kind->type)}};
    if (!parentId.isEmpty() && kind->type != ChannelType::category) body[u"parent_id"_s] = parentId;
    call(request_of("POST", guild_path(u"/channels"_s), body), [this](const Answer& answer) {
        name_error_.clear();
        for (const auto& [path, text] : answer.error.fields) {
            if (path == "name"_L1) name_error_ = text;
        }
        emit nameErrorChanged();
        const QString id = answer.body[u"id"_s].toString();
        if (answer.ok()) emit created(id);
    });
}

void ChannelList::remove(const QString& channel) {
    if (snowflake(QStringView(channel)) != 0) {
        call(request_of("DELETE", u"/channels/"_s + channel));
    }
}

}  // namespace guildhall::client
