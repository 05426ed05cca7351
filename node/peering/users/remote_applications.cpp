#include "node/peering/users/remote_applications.h"

#include "node/store/tables/applications.h"
#include "node/store/tables/commands.h"
#include "protocol/api/command.h"
#include "protocol/event_codec.h"
#include "protocol/limits.h"
#include "protocol/utf8.h"

#include <algorithm>
#include <set>

namespace guildhall::peering {

namespace frames = federation::frames;
using federation::PeerAction;
using federation::ProblemCode;
using protocol::ApplicationId;
using protocol::Command;
using protocol::UserId;
using namespace std::chrono_literals;

namespace {

constexpr Nanos kApplicationsAnswerTime = 10s;
constexpr std::size_t kNameMax = 80, kDescriptionMax = 400, kUrlMax = 512, kIconMax = 64;
// With the rest it fits a frame of its class; what does not fit is not offered elsewhere.
constexpr std::size_t kCommandBytesMax = 900 * 1024;
constexpr std::size_t kCommandsMax = 110;

std::string text_of(const std::string& text, std::size_t max) {
    if (!protocol::is_valid_utf8(text)) return {};
    return std::string(protocol::first_code_points(text, max));
}

std::string url_of(const std::string& text) {
    const bool good = text.size() <= kUrlMax && protocol::is_valid_utf8(text) &&
                      (text.starts_with("https://") || text.starts_with("http://"));
    return good ? text : std::string();
}

bool is_image_name(std::string_view text) {
    return text.size() <= kIconMax &&
           text.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz_") == text.npos;
}

protocol::Application read(const frames::Application& told) {
    protocol::Application out;
    out.id = ApplicationId(told.applicationId);
    out.name = text_of(told.name, kNameMax);
    out.description = text_of(told.description, kDescriptionMax);
    if (is_image_name(told.icon)) out.icon = told.icon;
    out.flags = told.flags;
    out.bot_public = told.botPublic;
    out.terms_url = url_of(told.termsUrl);
    out.privacy_url = url_of(told.privacyUrl);
    return out;
}

/// Those that this node understands, ascending by id.
std::vector<Command> read_commands(const frames::Application& told) {
    std::vector<Command> out;
    for (const std::string& bytes : told.commands) {
        if (out.size() >= kCommandsMax) break;
        auto command = protocol::decode_object<Command>(bytes, protocol::BytesFrom::others);
        if (!command || !command->id || command->applicationId.value != told.applicationId)
            continue;
        if (!protocol::api::parse_command(command->json)) continue;
        out.push_back(std::move(*command));
    }
    std::ranges::sort(out, {}, &Command::id);
    const auto twice = std::ranges::unique(out, {}, &Command::id);
    out.erase(twice.begin(), twice.end());
    return out;
}

}  // namespace

RemoteApplications::RemoteApplications(Context& ctx, Peers& peers) : ctx_(ctx), peers_(peers) {
    peers.handle<frames::ApplicationGet>([this](const Inbound& in, frames::ApplicationGet get) {
        on_get(in, ApplicationId(get.applicationId));
    });
    peers.handle<frames::Application>(
        [this](const Inbound& in, frames::Application told) { on_told(in, std::move(told)); });
    peers.observe(*this);
}

// -- The home -------------------------------------------------------------------------------------

const protocol::SharedApplication* RemoteApplications::own(ApplicationId id) const {
    const auto* bot = ctx_.view.user(protocol::id_cast<UserId>(id));
    if (!bot || !(*bot)->home_uid.empty()) return nullptr;
    return ctx_.view.application(id);
}

void RemoteApplications::on_get(const Inbound& in, ApplicationId id) {
    if (const auto denied = in.peer().policy().take(PeerAction::profile, ctx_.clock.now()))
        return in.refuse(*denied);
    const auto* application = own(id);
    if (!application) return in.refuse(ProblemCode::not_found, "no such application");
    in.reply(describe(**application));
}

frames::Application RemoteApplications::describe(const protocol::Application& a) const {
    frames::Application out;
    out.applicationId = a.id.value;
    out.name = a.name;
    out.description = a.description;
    out.icon = a.icon;
    out.flags = a.flags;
    out.botPublic = a.bot_public;
    out.termsUrl = a.terms_url;
    out.privacyUrl = a.privacy_url;
    std::size_t bytes = 0;
    for (const Command& command : ctx_.view.global_commands(a.id)) {
        std::string data = protocol::encode_object(command);
        bytes += data.size();
        if (bytes > kCommandBytesMax) break;
        out.commands.push_back(std::move(data));
    }
    return out;
}

void RemoteApplications::on_notice(const journal::Notice& notice) {
    if (const auto* changed = std::get_if<journal::ApplicationChanged>(&notice))
        tell_hosts(changed->application->id);
    if (const auto* set = std::get_if<journal::GlobalCommandsSet>(&notice))
        tell_hosts(set->application);
}

void RemoteApplications::tell_hosts(ApplicationId id) {
    const auto* application = own(id);
    if (!application) return;
    std::set<Hash32> told;
    for (const protocol::GuildId guild : ctx_.view.guilds_of(protocol::id_cast<UserId>(id))) {
        const auto* state = ctx_.view.guild(guild);
        const auto host = state ? Hash32::from((*state)->hosting.hostUid) : std::nullopt;
        if (!host || *host == ctx_.identity.uid || !told.insert(*host).second) continue;
        const auto peer = peers_.find(*host);
        // Who has no link asks when there is one.
        if (peer && peer->is_open()) peer->send(describe(**application));
    }
}

// -- The host -------------------------------------------------------------------------------------

void RemoteApplications::on_open(const std::shared_ptr<Peer>& peer) {
    ctx_.view.for_each_guild([&](const protocol::GuildState& guild) {
        if (guild.hosting.hostUid != ctx_.identity.uid.text()) return;
        // Bots have a role of their own, or came without rights: both are members.
        guild.members.for_each([&](UserId user, const protocol::Member& member) {
            if (member.bot && protocol::home_of(guild, member) == peer->uid().text())
                want(peer->uid(), protocol::id_cast<ApplicationId>(user));
        });
    });
}

void RemoteApplications::on_closed(const std::shared_ptr<Peer>& peer) {
    missing_.erase(peer->uid());
}

void RemoteApplications::on_committed(const journal::Committed& entry) {
    const auto* joined = std::get_if<protocol::MemberJoined>(&entry.event);
    if (!joined || !joined->member.bot) return;
    if (entry.after->hosting.hostUid != ctx_.identity.uid.text()) return;
    const auto home = Hash32::from(protocol::home_of(*entry.after, joined->member));
    if (home && *home != ctx_.identity.uid)
        want(*home, protocol::id_cast<ApplicationId>(joined->member.userId));
}

void RemoteApplications::want(const Hash32& home, ApplicationId id) {
    const auto peer = peers_.find(home);
    if (!peer || !peer->is_open()) return;
    const auto [at, is_new] = missing_.try_emplace(home);
    if (at->second.size() >= kMissingMax || std::ranges::find(at->second, id) != at->second.end())
        return;
    at->second.push_back(id);
    if (is_new) ctx_.here.spawn("applications", ask(peer));
}

Task<void> RemoteApplications::ask(std::shared_ptr<Peer> home) {
    for (;;) {
        const auto at = missing_.find(home->uid());
        if (at == missing_.end()) co_return;
        if (at->second.empty()) {
            missing_.erase(at);
            co_return;
        }
        const ApplicationId id = at->second.front();
        at->second.pop_front();
        frames::ApplicationGet get;
        get.applicationId = id.value;
        auto answer = co_await home->ask(get, kApplicationsAnswerTime);
        if (!answer) continue;
        auto* told = std::get_if<frames::Application>(&*answer);
        if (told && told->applicationId == id.value) co_await keep(home->uid(), std::move(*told));
    }
}

void RemoteApplications::on_told(const Inbound& in, frames::Application told) {
    if (in.peer().policy().take(PeerAction::profile, ctx_.clock.now())) return;
    ctx_.here.spawn("application", keep(in.peer().uid(), std::move(told)));
}

Task<void> RemoteApplications::keep(Hash32 from, frames::Application told) {
    const ApplicationId id(told.applicationId);
    const auto* bot = ctx_.view.user(protocol::id_cast<UserId>(id));
    if (!bot || !(*bot)->bot || (*bot)->home_uid != from.text()) co_return;
    auto application = std::make_shared<const protocol::Application>(read(told));
    std::vector<Command> commands = read_commands(told);
    journal::Change change;
    change.rows = [application, commands](store::Tx& tx) -> Status {
        TRY_VOID(store::applications::put(tx, *application));
        return store::commands::replace(tx, application->id, commands);
    };
    change.notices.emplace_back(journal::ApplicationChanged{application});
    change.notices.emplace_back(journal::GlobalCommandsSet{id, std::move(commands)});
    const auto done = co_await ctx_.journal.store(ctx_.here, std::move(change));
    if (!done) ctx_.log.warn("applications", "not stored", {{"what", done.error().message}});
}

}  // namespace guildhall::peering
