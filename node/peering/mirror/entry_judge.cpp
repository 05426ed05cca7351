#include "node/peering/mirror/entry_judge.h"

#include "node/peering/mirror/entry_then.h"
#include "node/peering/mirror/origins.h"
#include "protocol/enums.h"
#include "protocol/event_codec.h"
#include "protocol/event_kinds.h"

#include <algorithm>

namespace guildhall::peering {

namespace f = federation;
namespace p = protocol;

namespace {

f::EntryFinding malformed(std::string_view text) { return {f::EntryVerdict::malformed, text}; }
f::EntryFinding forged(std::string_view text) { return {f::EntryVerdict::forged, text}; }

std::optional<p::Event> event_of(const f::VerifiedEntry& entry) {
    const auto bytes = f::event_of_body(entry.body);
    if (!bytes) return std::nullopt;
    auto event = p::decode_event(bytes->text(), p::BytesFrom::others);
    if (!event) return std::nullopt;
    return std::move(*event);
}

/// An entry of a kind that this version does not know: it is what it seems to be, in its place, and
/// asked for by whom its command says. What it does is for a version that knows.
f::EntryFinding check_opaque(const f::VerifiedEntry& entry, const f::EntryWorld& world) {
    const f::EntryHeader& header = entry.header;
    const auto bytes = f::event_of_body(entry.body);
    if (!bytes || !p::is_event_of(bytes->text(), header.kind))
        return malformed("an event that cannot be read");
    if (header.log_id == f::kControlLog && header.control_seq > header.seq)
        return malformed("a control entry decided under itself");
    if (header.command_hash.is_zero()) {
        return entry.command.empty() ? f::EntryFinding()
                                     : malformed("a command that the entry does not name");
    }
    if (entry.command.empty()) return forged("the command that the entry names is missing");
    const auto call = f::read_command(entry.command);
    if (!call) return forged("a command that cannot be read");
    const f::CommandFacts facts = call->facts();
    return f::check_past_entry(header, nullptr, &facts, world);
}

}  // namespace

std::vector<journal::MirrorEntry> entries_to_keep(std::span<const f::VerifiedEntry> entries,
                                                  std::span<const std::size_t> unsaid) {
    std::vector<journal::MirrorEntry> out;
    out.reserve(entries.size());
    for (const f::VerifiedEntry& e : entries)
        out.push_back({e.header, std::string(e.body.text()), std::string(e.command.text())});
    for (const std::size_t i : unsaid) {
        out[i].body.clear();
        out[i].command = f::without_body(out[i].command).value_or(std::string());
    }
    return out;
}

std::vector<p::MessageId> EntryJudge::edited(std::span<const f::VerifiedEntry> entries) {
    static const p::EventKind kKind = p::kind_of(p::MessageEdited{});
    std::vector<p::MessageId> out;
    for (const f::VerifiedEntry& entry : entries) {
        if (entry.header.kind == kKind) out.emplace_back(entry.header.object_id);
    }
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::vector<p::MessageId> EntryJudge::bare(std::span<const f::VerifiedEntry> entries) {
    static const p::EventKind kKind = p::kind_of(p::MessageCreated{});
    std::vector<p::MessageId> out;
    for (const f::VerifiedEntry& entry : entries) {
        if (entry.header.kind == kKind && entry.body.empty())
            out.emplace_back(entry.header.object_id);
    }
    return out;
}

Judged EntryJudge::judge(std::span<const f::VerifiedEntry> entries) {
    Judged out;
    if (place_.log_id > f::kAdminLog)
        last_message_ = view_.last_message(p::ChannelId(place_.log_id));
    for (std::size_t i = 0; i < entries.size(); ++i) {
        out.index = i;
        out.finding = judge_one(entries[i], out);
        if (!out.is_fine()) return out;
        if (out.finding.verdict == f::EntryVerdict::unsaid) out.unsaid.push_back(i);
    }
    return out;
}

f::EntryFinding EntryJudge::judge_one(const f::VerifiedEntry& entry, Judged& out) {
    if (entry.body.empty()) {
        if (place_.log_id <= f::kAdminLog)
            return malformed("an entry that the guild's state needs has no body");
        if (entry.header.kind == p::kind_of(p::MessageCreated{}))
            hold_bare(entry.header, std::string(entry.command.text()));
        lose(entry.header);
        return {};
    }
    if (!p::is_known(entry.header.kind)) return judge_opaque(entry);
    const auto event = event_of(entry);
    if (!event) return malformed("an event that cannot be read");
    if (entry.command.empty()) return check(entry, *event, nullptr, out);
    const auto call = f::read_command(entry.command);
    if (!call) return forged("a command that cannot be read");
    const f::CommandFacts facts = call->facts();
    return check(entry, *event, &facts, out);
}

f::EntryFinding EntryJudge::judge_opaque(const f::VerifiedEntry& entry) {
    const auto origin = [this](const f::CommandFacts& facts, std::uint64_t control_seq) {
        return keys_.origin_key(facts, control_seq, [&](const f::PublicKey& key) {
            return place_.origins && place_.origins->is_own_signature(facts, key);
        });
    };
    const auto stranger = [](p::UserId) { return std::optional<std::string>(); };
    const f::EntryWorld world{.state = state_,
                              .guild_uid = place_.guild_uid,
                              .origin_key = origin,
                              .home_of_stranger = stranger,
                              .epoch = place_.epoch};
    const f::EntryFinding found = check_opaque(entry, world);
    // The next entry stands behind it.
    if (found.verdict == f::EntryVerdict::fine && place_.log_id == f::kControlLog)
        ++state_.control_size;
    return found;
}

f::EntryFinding EntryJudge::check(const f::VerifiedEntry& entry,
                                  const p::Event& event,
                                  const f::CommandFacts* command,
                                  Judged& out) {
    const f::EntryHeader& header = entry.header;
    const auto stranger = [this](p::UserId user) { return home_of_stranger(user); };
    const auto origin = [this](const f::CommandFacts& facts, std::uint64_t control_seq) {
        return keys_.origin_key(facts, control_seq, [&](const f::PublicKey& key) {
            return place_.origins && place_.origins->is_own_signature(facts, key);
        });
    };
    const auto held = held_.find(p::MessageId(header.object_id));
    const Then then({state_, keys_, view_, place_}, header);
    // Entries of the control log are judged by the state that they were made in; the others, when
    // that went on meanwhile, also by who hosted and who lived where before.
    const bool is_older =
        place_.log_id != f::kControlLog && header.control_seq < state_.control_size;
    const f::EntryWorld world{.state = state_,
                              .guild_uid = place_.guild_uid,
                              .origin_key = origin,
                              .home_of_stranger = stranger,
                              .before = held == held_.end() ? nullptr : &held->second.message,
                              .is_before_signed = held != held_.end() && held->second.is_signed,
                              .is_before_stale = held != held_.end() && held->second.is_stale,
                              .last_message = last_message_.value,
                              .epoch = place_.epoch,
                              .then = is_older ? &then : nullptr};
    const f::EntryFinding found = f::check_entry(header, &event, command, world);
    if (!is_believed(found)) return found;
    if (const auto own = check_own_rules(header, event); own.verdict != f::EntryVerdict::fine)
        return own;
    if (const auto origin_of_it = check_origin(event, nullptr);
        origin_of_it.verdict != f::EntryVerdict::fine)
        return origin_of_it;
    if (command && header.control_seq == state_.control_size) {
        const auto audit = f::audit_entry(header, event, *command, world);
        if (audit.verdict == f::EntryVerdict::escalation)
            out.escalations.push_back("log " + std::to_string(header.log_id) + ", entry " +
                                      std::to_string(header.seq) + ": " + std::string(audit.text));
    }
    // What nobody said is nothing that a later edit could be held against.
    if (found.verdict == f::EntryVerdict::unsaid) return found;
    if (const auto next = go_on(header, event, command ? command->actor : p::UserId());
        next.verdict != f::EntryVerdict::fine)
        return next;
    return found;
}

Judged EntryJudge::judge_past(std::span<const f::VerifiedEntry> entries, const Homes& own) {
    Judged out;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        out.index = i;
        out.finding = judge_past_one(entries[i], own);
        if (!out.is_fine()) return out;
        if (out.finding.verdict == f::EntryVerdict::unsaid) out.unsaid.push_back(i);
    }
    return out;
}

f::EntryFinding EntryJudge::judge_past_one(const f::VerifiedEntry& entry, const Homes& own) {
    const f::EntryHeader& header = entry.header;
    const bool is_opaque = !entry.body.empty() && !p::is_known(header.kind);
    const auto event = entry.body.empty() || is_opaque ? std::nullopt : event_of(entry);
    if (!entry.body.empty() && !event && !is_opaque)
        return malformed("an event that cannot be read");
    std::optional<f::CommandCall> call;
    if (!entry.command.empty()) {
        auto read = f::read_command(entry.command);
        if (!read) return forged("a command that cannot be read");
        call = std::move(*read);
    }
    const f::CommandFacts facts = call ? call->facts() : f::CommandFacts();
    const auto stranger = [](p::UserId) { return std::optional<std::string>(); };
    const auto origin = [this](const f::CommandFacts& command, std::uint64_t control_seq) {
        return keys_.origin_key(command, control_seq);
    };
    const auto held = held_.find(p::MessageId(header.object_id));
    const Then then({state_, keys_, view_, place_, &own}, header);
    const f::EntryWorld world{.state = state_,
                              .guild_uid = place_.guild_uid,
                              .origin_key = origin,
                              .home_of_stranger = stranger,
                              .before = held == held_.end() ? nullptr : &held->second.message,
                              .is_before_signed = held != held_.end() && held->second.is_signed,
                              .is_before_stale = held != held_.end() && held->second.is_stale,
                              .epoch = place_.epoch,
                              .then = &then};
    if (is_opaque) return check_opaque(entry, world);
    const auto found =
        f::check_past_entry(header, event ? &*event : nullptr, call ? &facts : nullptr, world);
    if (!is_believed(found)) return found;
    if (!event && header.kind == p::kind_of(p::MessageCreated{})) {
        const Bare bare{header, std::string(entry.command.text())};
        // What is here of it already says whose it is.
        const auto present = present_.find(p::MessageId(header.object_id));
        if (present != present_.end()) return check_bare(bare, present->second, &own);
        hold_bare(header, bare.command);
    }
    if (!event) {
        lose(header);
        return found;
    }
    if (const auto bad = check_origin(*event, &own); bad.verdict != f::EntryVerdict::fine)
        return bad;
    if (found.verdict == f::EntryVerdict::unsaid) return found;
    go_on_holding(*event, facts.actor);
    return found;
}

f::EntryFinding EntryJudge::check_origin(const p::Event& event, const Homes* own) const {
    const auto* edited = std::get_if<p::MessageEdited>(&event);
    const auto bare = edited ? bare_.find(edited->message.id) : bare_.end();
    return bare == bare_.end() ? f::EntryFinding() : check_bare(bare->second, edited->message, own);
}

f::EntryFinding EntryJudge::check_bare(const Bare& bare,
                                       const p::Message& message,
                                       const Homes* own) const {
    // System messages may be of another than the caller, and nobody changes what they say.
    constexpr auto kStandard = static_cast<std::uint8_t>(protocol::MessageType::standard);
    constexpr auto kReply = static_cast<std::uint8_t>(protocol::MessageType::reply);
    if (message.type != kStandard && message.type != kReply) return {};
    const Then then({state_, keys_, view_, place_, own}, bare.header);
    if (bare.header.command_hash.is_zero()) {
        const auto hosted = [&](std::string_view node) { return then.hosted(node); };
        if (then.lived(message.authorId, hosted) != f::Lived::elsewhere) return {};
        return forged("a message that its author's node did not ask for");
    }
    const auto call = f::read_command(bare.command);
    if (!call) return forged("the command that an entry names is missing");
    const f::CommandFacts facts = call->facts();
    if (facts.hash != bare.header.command_hash || facts.actor != message.authorId)
        return forged("a message of another than the caller");
    if (keys_.origin_key(facts, bare.header.control_seq) != f::OriginKey::valid)
        return forged("a command whose signature does not hold");
    return {};
}

std::vector<p::UserId> EntryJudge::unsigned_by(const journal::View& view,
                                               std::span<const f::VerifiedEntry> entries) {
    std::vector<p::UserId> out;
    for (const f::VerifiedEntry& entry : entries) {
        if (entry.body.empty() || !entry.header.command_hash.is_zero()) continue;
        const auto event = event_of(entry);
        const p::UserId actor = event ? f::actor_of(*event) : p::UserId();
        const p::SharedUser* known = actor ? view.user(actor) : nullptr;
        if (known && (*known)->home_uid.empty()) out.push_back(actor);
    }
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

f::EntryFinding EntryJudge::check_own_rules(const f::EntryHeader& header,
                                            const p::Event& event) const {
    if (std::holds_alternative<p::GuildCreated>(event) && header.seq != 0)
        return malformed("a guild that begins twice");
    if (const auto* created = std::get_if<p::ChannelCreated>(&event)) {
        // Another guild's channel: what is here stays untouched.
        const p::GuildId owner = view_.guild_of(created->channel.id);
        if (owner && owner != state_.guild.id)
            return malformed("a channel's id is another guild's");
    }
    if (const auto* changed = std::get_if<p::ChannelUpdated>(&event)) {
        if (!state_.channels.find(changed->channel.id))
            return malformed("a change of a channel that is not the guild's");
    }
    if (const auto* moved = std::get_if<p::MemberMoved>(&event)) {
        // The id has few bits of the uid: a host can make another user with it, who moves.
        const p::SharedUser* user = view_.user(moved->userId);
        const bool is_known = user && !(*user)->uid.empty();
        const p::Identity* keys = is_known ? state_.identities.find((*user)->uid) : nullptr;
        if (is_known && (!keys || !f::names_home(*keys, moved->homeUid)))
            return forged("a move of a member by somebody else");
    }
    if (const auto* changed = std::get_if<p::HostingChanged>(&event)) {
        if (!was_made_host(changed->epoch, changed->hostUid))
            return malformed("a change of host that no certificate made");
    }
    return {};
}

/// By the certificates that are followed here. Who missed several changes of host gets the entries
/// of all of them from the last one.
bool EntryJudge::was_made_host(std::uint64_t epoch, std::string_view host) const {
    if (host == place_.host_uid.text()) return epoch <= place_.epoch;
    const auto is_it = [&](const f::Hash32& past) { return host == past.text(); };
    return epoch < place_.epoch && std::ranges::any_of(place_.past_hosts, is_it);
}

/// What the next entry of the message is held against. An edit by another than its author, of flags
/// alone, leaves it as signed as it was. `caller`: of the command; 0 without one.
void EntryJudge::go_on_holding(const p::Event& event, p::UserId caller) {
    if (const auto* created = std::get_if<p::MessageCreated>(&event)) {
        hold({created->message, caller == created->message.authorId});
    } else if (const auto* edited = std::get_if<p::MessageEdited>(&event)) {
        const auto before = held_.find(edited->message.id);
        const bool was_signed = before != held_.end() && before->second.is_signed;
        hold({edited->message, was_signed || caller == edited->message.authorId});
    }
}

/// An edit whose body went for a later one's: what is held is not what that one is of.
void EntryJudge::lose(const f::EntryHeader& bare) {
    if (bare.kind != p::kind_of(p::MessageEdited{})) return;
    const auto held = held_.find(p::MessageId(bare.object_id));
    if (held != held_.end()) held->second.is_stale = true;
}

f::EntryFinding EntryJudge::go_on(const f::EntryHeader& header,
                                  const p::Event& event,
                                  p::UserId caller) {
    if (const auto* created = std::get_if<p::MessageCreated>(&event))
        last_message_ = created->message.id;
    go_on_holding(event, caller);
    if (place_.log_id > f::kAdminLog) return {};
    if (const auto* identity = std::get_if<p::IdentityAdded>(&event)) {
        const auto added = keys_.add(*identity, header.seq + 1, header.ts_ms);
        if (!added) return malformed("an identity that does not hold");
    }
    p::apply(state_, event);
    return {};
}

std::optional<std::string> EntryJudge::home_of_stranger(p::UserId user) const {
    const p::SharedUser* known = view_.user(user);
    // Users of other nodes are alice@node.
    if (!known || (*known)->username.find('@') != std::string::npos) return std::nullopt;
    return std::string(place_.own_uid.text());
}

}  // namespace guildhall::peering
