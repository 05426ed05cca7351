#include "federation/snapshot.h"

#include "federation/crypto.h"
#include "protocol/errors.h"
#include "protocol/event_codec.h"

#include <algorithm>

namespace guildhall::federation {

namespace p = protocol;
using p::Result;
using p::Status;
using p::UserId;

namespace {

/// Numbers in front of each kind of object in the state root: they keep their meaning.
enum class Part : std::uint8_t {
    guild = 0,
    hosting = 1,
    role = 2,
    channel = 3,
    command = 4,
    identity = 5,
    node_ban = 6,
    member = 7,
};

p::Error bad(const char* what) { return {.code = 0, .status = 400, .message = what}; }

/// Calls `each(part, bytes)` for everything but the members, in canonical order.
template <class Each>
void for_each_object(const p::GuildState& s, Each each) {
    each(Part::guild, p::encode_object(s.guild));
    each(Part::hosting, p::encode_object(s.hosting));
    s.roles.for_each([&](p::RoleId, const p::Role& r) { each(Part::role, p::encode_object(r)); });
    s.channels.for_each(
        [&](p::ChannelId, const p::Channel& c) { each(Part::channel, p::encode_object(c)); });
    s.commands.for_each([&](p::ApplicationId, const std::vector<p::Command>& list) {
        for (const p::Command& c : list) each(Part::command, p::encode_object(c));
    });
    s.identities.for_each([&](const std::string&, const p::Identity& i) {
        each(Part::identity, p::encode_object(i));
    });
    s.node_bans.for_each([&](const std::string&, const p::NodeBan& b) {
        each(Part::node_ban, p::encode_object(b));
    });
}

/// Adds objects to a row of pieces, beginning another when one is full.
class Packer {
  public:
    explicit Packer(std::vector<SnapshotPiece>& pieces) : pieces_(pieces) {
        pieces_.emplace_back();
    }

    void add(Part part, std::string bytes) {
        if (filled_ > 0 && filled_ + bytes.size() > kPieceBytesMax) {
            pieces_.emplace_back();
            filled_ = 0;
        }
        filled_ += bytes.size() + kObjectOverhead;
        list(part).push_back(std::move(bytes));
    }

  private:
    /// A list pointer and padding.
    static constexpr std::size_t kObjectOverhead = 16;

    std::vector<std::string>& list(Part part) {
        SnapshotPiece& piece = pieces_.back();
        switch (part) {
            case Part::role:
                return piece.roles;
            case Part::channel:
                return piece.channels;
            case Part::command:
                return piece.commands;
            case Part::identity:
                return piece.identities;
            case Part::node_ban:
                return piece.nodeBans;
            default:
                return piece.members;
        }
    }

    std::vector<SnapshotPiece>& pieces_;
    std::size_t filled_ = 0;
};

/// Key events of one part of an identity: at most 8 KiB each.
constexpr std::size_t kEventsPerPart = 3;

void add_identity(Packer& packer, const p::Identity& whole) {
    p::Identity part{whole.uid, whole.genesis, {}};
    for (const std::string& event : whole.events) {
        if (part.events.size() == kEventsPerPart) {
            packer.add(Part::identity, p::encode_object(part));
            part = {whole.uid, {}, {}};
        }
        part.events.push_back(event);
    }
    packer.add(Part::identity, p::encode_object(part));
}

/// Decodes each object of a list and gives it to `keep`, which says whether it may stand there.
template <class Object, class Keep>
Status read_list(const std::vector<std::string>& list, Keep keep) {
    for (const std::string& bytes : list) {
        TRY(Object object, p::decode_object<Object>(bytes, p::BytesFrom::others));
        if (!keep(std::move(object))) return bad("a snapshot has an object twice");
    }
    return {};
}

/// Whether the object was new there.
template <class Map, class Key, class Object>
bool put_new(Map& map, Key key, Object object) {
    if (map.find(key)) return false;
    map.insert_or_assign(std::move(key), std::move(object));
    return true;
}

bool put_command(p::GuildState& s, p::Command command) {
    const p::ApplicationId application = command.applicationId;
    const auto* known = s.commands.find(application);
    auto list = known ? *known : std::vector<p::Command>();
    list.push_back(std::move(command));
    s.commands.insert_or_assign(application, std::move(list));
    return true;
}

bool put_identity(p::GuildState& s, p::Identity part) {
    const p::Identity* known = s.identities.find(part.uid);
    if (known && !part.genesis.empty()) return false;
    p::IdentityAdded grown{part.uid, std::move(part.genesis), std::move(part.events)};
    s.identities.insert_or_assign(part.uid, p::grown_identity(known, grown));
    return true;
}

/// The bytes of all objects; more than any host sends in one piece when one of them is too large.
std::size_t bytes_of(const SnapshotPiece& piece) {
    std::size_t sum = 0;
    for (const auto* list : {&piece.roles,
                             &piece.channels,
                             &piece.commands,
                             &piece.identities,
                             &piece.nodeBans,
                             &piece.members}) {
        for (const std::string& bytes : *list) sum += bytes.size();
    }
    return sum;
}

}  // namespace

SnapshotWriter::SnapshotWriter(p::GuildSnapshot state, std::string_view asker_uid)
    : state_(std::move(state)), uid_(Hash32::from(state_->guild.uid).value_or(Hash32{})) {
    add_base(asker_uid);
    cut_pages();
}

void SnapshotWriter::add_base(std::string_view asker_uid) {
    Packer packer(base_);
    base_.front().guild = p::encode_object(state_->guild);
    base_.front().hosting = p::encode_object(state_->hosting);
    for_each_object(*state_, [&](Part part, std::string bytes) {
        if (part == Part::guild || part == Part::hosting || part == Part::identity) return;
        packer.add(part, std::move(bytes));
    });
    state_->identities.for_each(
        [&](const std::string&, const p::Identity& whole) { add_identity(packer, whole); });
    // A node with many users there gets the rest of them with the pages.
    std::size_t room = kPieceBytesMax;
    state_->members.for_each([&](UserId user, const p::Member& member) {
        const bool owner = state_->is_owner(user);
        if (!owner && p::home_of(*state_, member) != asker_uid) return;
        std::string bytes = p::encode_object(member);
        if (bytes.size() > room && !owner) return;
        room -= std::min(room, bytes.size());
        packer.add(Part::member, std::move(bytes));
    });
}

void SnapshotWriter::cut_pages() {
    std::size_t room = 0;
    state_->members.for_each([&](UserId user, const p::Member& member) {
        const std::size_t bytes = p::encode_object(member).size();
        if (bytes > room) {
            pages_.push_back(user);
            room = std::max(kPieceBytesMax, bytes);
        }
        room -= bytes;
    });
}

SnapshotPiece SnapshotWriter::make(std::uint32_t piece) const {
    CHECK(piece < pieces());
    SnapshotPiece out;
    if (piece < base_.size()) {
        out = base_[piece];
    } else {
        const std::size_t page = piece - base_.size();
        const UserId first = pages_[page];
        const bool last = page + 1 == pages_.size();
        state_->members.for_each_after(UserId(first.value - 1),
                                       [&](UserId user, const p::Member& member) {
                                           if (!last && user >= pages_[page + 1]) return false;
                                           out.members.push_back(p::encode_object(member));
                                           return true;
                                       });
    }
    out.guildUid = uid_;
    out.piece = piece;
    out.pieces = pieces();
    out.basePieces = static_cast<std::uint32_t>(base_.size());
    out.controlSize = state_->control_size;
    out.memberCount = state_->members.size();
    return out;
}

Status SnapshotReader::add(const SnapshotPiece& piece) {
    if (failed_) return bad("a snapshot that was refused");
    Status status = take(piece);
    failed_ = !status;
    if (status) ++next_;
    return status;
}

Status SnapshotReader::take(const SnapshotPiece& piece) {
    if (piece.piece != next_ || (next_ > 0 && next_ == pieces_))
        return bad("a snapshot's pieces are out of order");
    if (bytes_of(piece) > kPieceBytesMax + kPieceObjectMax)
        return bad("a snapshot's piece is too large");
    if (next_ == 0) {
        TRY_VOID(add_first(piece));
    } else if (!piece.guild.empty() || !piece.hosting.empty()) {
        return bad("a snapshot has its guild twice");
    }
    if (state_.guild.uid != piece.guildUid.text() || piece.pieces != pieces_ ||
        piece.basePieces != base_ || piece.controlSize != state_.control_size ||
        piece.memberCount != member_count_)
        return bad("a snapshot's pieces do not agree");
    if (next_ < base_) {
        TRY_VOID(add_base(piece));
    } else {
        TRY_VOID(add_members(piece));
    }
    if (next_ + 1 == pieces_ && (paged_ != member_count_ || state_.members.size() != paged_))
        return bad("a snapshot's members are not all there");
    return {};
}

Status SnapshotReader::add_first(const SnapshotPiece& piece) {
    if (piece.pieces == 0 || piece.pieces > kPiecesMax || piece.basePieces == 0 ||
        piece.basePieces > piece.pieces || piece.basePieces > kBasePiecesMax ||
        piece.memberCount > kSnapshotMembersMax || piece.controlSize == 0)
        return bad("a snapshot's numbers are out of range");
    pieces_ = piece.pieces;
    base_ = piece.basePieces;
    member_count_ = piece.memberCount;
    state_.control_size = piece.controlSize;
    TRY(state_.guild, p::decode_object<p::Guild>(piece.guild, p::BytesFrom::others));
    TRY(state_.hosting, p::decode_object<p::Hosting>(piece.hosting, p::BytesFrom::others));
    if (state_.guild.uid != piece.guildUid.text()) return bad("a snapshot is of another guild");
    return {};
}

Status SnapshotReader::add_base(const SnapshotPiece& piece) {
    p::GuildState& s = state_;
    TRY_VOID(read_list<p::Role>(piece.roles, [&](p::Role r) { return put_new(s.roles, r.id, r); }));
    TRY_VOID(read_list<p::Channel>(piece.channels,
                                   [&](p::Channel c) { return put_new(s.channels, c.id, c); }));
    TRY_VOID(read_list<p::Command>(piece.commands,
                                   [&](p::Command c) { return put_command(s, std::move(c)); }));
    TRY_VOID(read_list<p::Identity>(piece.identities,
                                    [&](p::Identity i) { return put_identity(s, std::move(i)); }));
    TRY_VOID(read_list<p::NodeBan>(
        piece.nodeBans, [&](p::NodeBan b) { return put_new(s.node_bans, b.nodeUid, b); }));
    TRY_VOID(read_list<p::Member>(piece.members,
                                  [&](p::Member m) { return put_new(s.members, m.userId, m); }));
    if (s.members.size() > member_count_) return bad("a snapshot has too many members");
    return {};
}

Status SnapshotReader::add_members(const SnapshotPiece& piece) {
    if (piece.members.empty()) return bad("a snapshot has an empty page");
    const auto keep = [&](p::Member member) {
        const UserId user = member.userId;
        if (user <= last_member_) return false;
        last_member_ = user;
        ++paged_;
        state_.members.insert_or_assign(user, std::move(member));
        return true;
    };
    TRY_VOID(read_list<p::Member>(piece.members, keep));
    if (paged_ > member_count_) return bad("a snapshot has too many members");
    return {};
}

Hash32 state_root(const p::GuildState& state) {
    // Each object's hash, and the sum over them: nothing is held in memory but two hashes.
    Hash32 sum =
        sha256({ByteView("guildhall-state-root"), ByteWriter().put(state.control_size).take()});
    const auto add = [&](Part part, const std::string& bytes) {
        const auto kind = static_cast<std::uint8_t>(part);
        sum = sha256({sum, ByteView(&kind, 1), sha256(bytes)});
    };
    for_each_object(state, add);
    state.members.for_each(
        [&](UserId, const p::Member& m) { add(Part::member, p::encode_object(m)); });
    return sum;
}

std::string difference(const p::GuildState& a, const p::GuildState& b) {
    std::string out;
    const auto compare = [&](const char* name, bool equal) {
        if (equal) return;
        if (!out.empty()) out += ", ";
        out += name;
    };
    compare("control log's size", a.control_size == b.control_size);
    compare("guild", a.guild == b.guild);
    compare("hosting", a.hosting == b.hosting);
    compare("roles", a.roles == b.roles);
    compare("channels", a.channels == b.channels);
    compare("commands", a.commands == b.commands);
    compare("identities", a.identities == b.identities);
    compare("banned nodes", a.node_bans == b.node_bans);
    compare("members", a.members == b.members);
    return out;
}

}  // namespace guildhall::federation
