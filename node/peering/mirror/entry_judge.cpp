#include "node/peering/mirror/entry_judge.h"

#include "protocol/event_codec.h"

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

}  // namespace

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

Judged EntryJudge::judge(std::span<const f::VerifiedEntry> entries) {
    Judged out;
    if (place_.log_id > f::kAdminLog)
        last_message_ = view_.last_message(p::ChannelId(place_.log_id));
    for (std::size_t i = 0; i < entries.size(); ++i) {
        out.index = i;
        out.finding = judge_one(entries[i], out);
        if (!out.is_fine()) return out;
    }
    return out;
}

f::EntryFinding EntryJudge::judge_one(const f::VerifiedEntry& entry, Judged& out) {
    if (entry.body.empty()) {
        if (place_.log_id <= f::kAdminLog)
            return malformed("an entry that the guild's state needs has no body");
        return {};
    }
    const auto event = event_of(entry);
    if (!event) return malformed("an event that cannot be read");
    if (entry.command.empty()) return check(entry, *event, nullptr, out);
    const auto call = f::read_command(entry.command);
    if (!call) return forged("a command that cannot be read");
    const f::CommandFacts facts = call->facts();
    return check(entry, *event, &facts, out);
}

f::EntryFinding EntryJudge::check(const f::VerifiedEntry& entry,
                                  const p::Event& event,
                                  const f::CommandFacts* command,
                                  Judged& out) {
    const f::EntryHeader& header = entry.header;
    const auto stranger = [this](p::UserId user) { return home_of_stranger(user); };
    const auto origin = [this](const f::CommandFacts& facts, std::uint64_t control_seq) {
        return keys_.origin_key(facts, control_seq);
    };
    const auto held = held_.find(p::MessageId(header.object_id));
    const f::EntryWorld world{.state = state_,
                              .guild_uid = place_.guild_uid,
                              .origin_key = origin,
                              .home_of_stranger = stranger,
                              .before = held == held_.end() ? nullptr : &held->second,
                              .last_message = last_message_.value,
                              .epoch = place_.epoch};
    f::EntryFinding found = f::check_entry(header, &event, command, world);
    if (found.verdict == f::EntryVerdict::forged &&
        fits_earlier_host(header, event, command, world))
        found = {};
    if (found.verdict != f::EntryVerdict::fine && found.verdict != f::EntryVerdict::unproven)
        return found;
    if (const auto own = check_own_rules(header, event); own.verdict != f::EntryVerdict::fine)
        return own;
    if (command && header.control_seq == state_.control_size) {
        const auto audit = f::audit_entry(header, event, *command, world);
        if (audit.verdict == f::EntryVerdict::escalation)
            out.escalations.push_back("log " + std::to_string(header.log_id) + ", entry " +
                                      std::to_string(header.seq) + ": " + std::string(audit.text));
    }
    if (const auto next = go_on(header, event); next.verdict != f::EntryVerdict::fine) return next;
    return found;
}

/// Users of a node act without a command as long as it hosts the guild. Entries of the control log
/// are judged by the state that they were made in.
bool EntryJudge::fits_earlier_host(const f::EntryHeader& header,
                                   const p::Event& event,
                                   const f::CommandFacts* command,
                                   const f::EntryWorld& world) const {
    if (place_.log_id == f::kControlLog || header.control_seq > place_.epoch_began) return false;
    return std::ranges::any_of(place_.past_hosts, [&](const f::Hash32& host) {
        p::GuildState then = state_;
        then.hosting.hostUid = std::string(host.text());
        const f::EntryWorld earlier{.state = then,
                                    .guild_uid = world.guild_uid,
                                    .origin_key = world.origin_key,
                                    .home_of_stranger = world.home_of_stranger,
                                    .before = world.before,
                                    .last_message = world.last_message,
                                    .epoch = world.epoch};
        const auto verdict = f::check_entry(header, &event, command, earlier).verdict;
        return verdict == f::EntryVerdict::fine || verdict == f::EntryVerdict::unproven;
    });
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
        if (changed->epoch != place_.epoch || changed->hostUid != place_.host_uid.text())
            return malformed("a change of host that no certificate made");
    }
    return {};
}

f::EntryFinding EntryJudge::go_on(const f::EntryHeader& header, const p::Event& event) {
    if (const auto* created = std::get_if<p::MessageCreated>(&event)) {
        last_message_ = created->message.id;
        hold(created->message);
    } else if (const auto* changed = std::get_if<p::MessageEdited>(&event)) {
        hold(changed->message);
    }
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

const char* fault_of_past(const f::VerifiedEntry& entry,
                          const f::Hash32& guild_uid,
                          const f::GuildKeys& keys) {
    if (!entry.body.empty()) {
        const auto event = event_of(entry);
        if (!event) return "an event that cannot be read";
        if (f::check_header(entry.header, *event).verdict != f::EntryVerdict::fine)
            return "an event that its header does not fit";
    }
    if (entry.command.empty()) return nullptr;
    const auto call = f::read_command(entry.command);
    if (!call) return "a command that cannot be read";
    const f::CommandFacts facts = call->facts();
    if (facts.hash != entry.header.command_hash || facts.guild_uid != guild_uid)
        return "another command than the entry names";
    if (keys.origin_key(facts, entry.header.control_seq) == f::OriginKey::invalid)
        return "a command whose signature does not hold";
    return nullptr;
}

}  // namespace guildhall::peering
