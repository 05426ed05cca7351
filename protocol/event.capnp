@0xc1d6b7a94f20e853;
# The vocabulary of Guildhall: everything that can happen in a guild. An Event's bytes are made
# once, by the guild's host; the log stores them, the entry's body hash covers them, peers relay
# them.
#
# Rules. Ids and meanings never change; fields are only added, at the end, and absent means the
# default. An id of 0, a time of 0 and an empty text mean "none". Times are Unix milliseconds. An
# event holds ids and facts, never a profile: a renamed or deleted user leaves no copy in history.
# A field name equals the member of the C++ struct of the same name in protocol/model.h or
# protocol/event.h; protocol/event_codec.h maps one onto the other by that name.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("guildhall::protocol::wire");

struct Guild {
  # A guild's own settings, whole.
  id @0 :UInt64;                  # derived from the guild's genesis (docs/FEDERATION.md)
  uid @1 :Data;                   # BLAKE2b-256 of the genesis, 32 bytes
  name @2 :Text;                  # 2 to 100 characters
  icon @3 :Text;                  # CDN hash of the icon; empty: none
  description @4 :Text;           # shown to people who look at an invite
  ownerId @5 :UInt64;             # the one member with every right
  verificationLevel @6 :UInt8;    # 0 none .. 4 very high, as in the API
  defaultNotifications @7 :UInt8; # 0 all messages, 1 mentions only
  contentFilter @8 :UInt8;        # explicit content filter, 0..2
  afkChannelId @9 :UInt64;        # voice channel for the idle; 0: none
  afkTimeout @10 :UInt32;         # seconds
  systemChannelId @11 :UInt64;    # where join messages go; 0: nowhere
  systemChannelFlags @12 :UInt32; # bits that suppress kinds of system messages
  rulesChannelId @13 :UInt64;
  publicUpdatesChannelId @14 :UInt64;
  preferredLocale @15 :Text;      # such as en-US
  features @16 :List(Text);       # capability names of the API
  nsfwLevel @17 :UInt8;
  mfaLevel @18 :UInt8;            # 1: moderators need a second factor
  banner @19 :Text;               # CDN hash; empty: none
  splash @20 :Text;               # CDN hash; empty: none
  progressBar @21 :Bool;          # kept for clients that show it
}

struct Role {
  # A role, whole. The role whose id is the guild's id is @everyone.
  id @0 :UInt64;
  name @1 :Text;                  # 1 to 100 characters
  color @2 :UInt32;               # 24-bit RGB; 0: none
  hoist @3 :Bool;                 # listed apart in the member list
  icon @4 :Text;                  # CDN hash; empty: none
  unicodeEmoji @5 :Text;          # instead of an icon; empty: none
  position @6 :Int32;             # 0 for @everyone; higher outranks
  permissions @7 :UInt64;         # bit mask of protocol/permissions.h
  managed @8 :Bool;               # belongs to a bot; cannot be given by hand
  mentionable @9 :Bool;
  flags @10 :UInt32;
  botId @11 :UInt64;              # the bot a managed role belongs to; 0: none
}

struct Overwrite {
  # What a channel allows or denies to one role or member, over the guild's rights.
  id @0 :UInt64;                  # role or user
  type @1 :UInt8;                 # 0 role, 1 member
  allow @2 :UInt64;
  deny @3 :UInt64;
}

struct Channel {
  # A channel or category, whole.
  id @0 :UInt64;
  type @1 :UInt8;                 # as in the API: 0 text, 2 voice, 4 category, 5 announcement, ...
  name @2 :Text;                  # 1 to 100 characters
  topic @3 :Text;
  position @4 :Int32;             # order among its siblings, then by id
  parentId @5 :UInt64;            # category; 0: none
  nsfw @6 :Bool;
  rateLimitPerUser @7 :UInt32;    # slow mode, seconds, 0..21600
  overwrites @8 :List(Overwrite);
  bitrate @9 :UInt32;             # voice only
  userLimit @10 :UInt32;          # voice only; 0: none
  rtcRegion @11 :Text;            # voice only; empty: automatic
  videoQualityMode @12 :UInt8;    # voice only
  autoArchiveMinutes @13 :UInt32; # default of threads made here; 0: the node's default
  flags @14 :UInt32;
  threadRateLimit @15 :UInt32;    # slow mode that new threads start with
}

struct Member {
  # One user's membership, whole.
  userId @0 :UInt64;
  nick @1 :Text;                  # empty: none
  avatar @2 :Text;                # CDN hash of a guild avatar; empty: none
  roles @3 :List(UInt64);         # ascending, without @everyone
  joinedMs @4 :Int64;
  timeoutMs @5 :Int64;            # may not speak until; 0: free
  flags @6 :UInt32;
  deaf @7 :Bool;
  mute @8 :Bool;
  bot @9 :Bool;                   # the account is a bot
  temporary @10 :Bool;            # ends with the user's last session, until a role is given
  homeUid @11 :Data;              # uid of the user's home node; empty: the node that made the guild
}

struct Invite {
  code @0 :Text;
  channelId @1 :UInt64;
  inviterId @2 :UInt64;
  createdMs @3 :Int64;
  maxAge @4 :UInt32;              # seconds; 0: for ever
  maxUses @5 :UInt32;             # 0: without bound
  temporary @6 :Bool;             # the membership ends with the session unless a role is given
  uses @7 :UInt32;
}

struct Ban {
  userId @0 :UInt64;
  reason @1 :Text;
  moderatorId @2 :UInt64;
}

struct Command {
  # A slash or context-menu command that an application registered for this guild alone.
  id @0 :UInt64;
  applicationId @1 :UInt64;
  version @2 :UInt64;             # a new id at each change
  json @3 :Text;                  # the definition as validated, canonical JSON without the ids
}

struct Hosting {
  # Who hosts the guild, and who may when that node is gone.
  hostUid @0 :Data;               # node uid, 32 bytes
  epoch @1 :UInt64;               # of the certificate that made it the host; 0: the genesis
  hostName @2 :Text;              # the node's name: its users are alice@name
  endpoints @3 :List(Text);       # host:port where it accepts links
  successors @4 :List(Data);      # uids of the nodes that may vote for a new host, ascending
  votes @5 :UInt8;                # of them that a takeover needs; 0: only a root key may
  delayMs @6 :UInt64;             # how long the host must be silent before they vote
  firstHostUid @7 :Data;          # of the genesis: the home of members without homeUid
  places @8 :List(Text);          # where each successor is, in their order: a member's node that
                                  # lost the host asks there who hosts the guild now
}

struct Identity {
  # The key log of a node, or of a user who keeps own keys, as the guild came to know it: what its
  # commands in this guild are verified with, also when the node is gone.
  uid @0 :Data;
  genesis @1 :Data;               # signature, then genesis bytes
  events @2 :List(Data);          # each signature, then event bytes; ascending
}

struct NodeBan {
  # A node whose users may not be members.
  nodeUid @0 :Data;
  name @1 :Text;                  # the node's name at that time, for people
  byUser @2 :UInt64;
}

struct Attachment {
  id @0 :UInt64;
  filename @1 :Text;
  description @2 :Text;
  contentType @3 :Text;           # sniffed at upload, never the uploader's word
  size @4 :UInt64;                # bytes
  width @5 :UInt32;               # pixels; 0: not an image
  height @6 :UInt32;
  hash @7 :Data;                  # BLAKE2b-256 of the file, 32 bytes
}

struct Message {
  # A message, whole: what it says now. An edit carries all of it again.
  id @0 :UInt64;
  channelId @1 :UInt64;
  authorId @2 :UInt64;
  type @3 :UInt8;                 # 0 default, 7 member joined, 19 reply, 20 command answer, ...
  content @4 :Text;               # at most 4,000 characters
  flags @5 :UInt32;
  tts @6 :Bool;
  mentionEveryone @7 :Bool;       # after allowed_mentions and rights were applied
  mentions @8 :List(UInt64);      # users, ascending, after allowed_mentions
  mentionRoles @9 :List(UInt64);
  attachments @10 :List(Attachment);
  embeds @11 :Text;               # canonical JSON array as validated; empty: none
  components @12 :Text;           # canonical JSON array as validated; empty: none
  replyTo @13 :UInt64;            # message in replyChannel; 0: not a reply
  replyChannel @14 :UInt64;
  replyGuild @15 :UInt64;
  editedMs @16 :Int64;            # 0: never edited
  applicationId @17 :UInt64;      # set when a bot answered an interaction
  interactionId @18 :UInt64;      # the interaction it answers; 0: none
  interactionUser @19 :UInt64;    # who ran the command
  interactionName @20 :Text;      # the command's name at that time
  interactionType @21 :UInt8;     # 2 command, 3 component, 5 modal
  webhookId @22 :UInt64;          # 0: written by a member
}

struct Event {
  # One thing that happened. The kind in an entry's header is the ordinal of the union member.
  union {
    guildCreated @0 :GuildCreated;
    guildUpdated @1 :GuildUpdated;
    guildDeleted @2 :GuildDeleted;
    roleCreated @3 :RoleCreated;
    roleUpdated @4 :RoleUpdated;
    roleDeleted @5 :RoleDeleted;
    channelCreated @6 :ChannelCreated;
    channelUpdated @7 :ChannelUpdated;
    channelDeleted @8 :ChannelDeleted;
    memberJoined @9 :MemberJoined;
    memberUpdated @10 :MemberUpdated;
    memberLeft @11 :MemberLeft;
    banAdded @12 :BanAdded;
    banRemoved @13 :BanRemoved;
    inviteCreated @14 :InviteCreated;
    inviteUsed @15 :InviteUsed;
    inviteDeleted @16 :InviteDeleted;
    commandsSet @17 :CommandsSet;
    messageCreated @18 :MessageCreated;
    messageEdited @19 :MessageEdited;
    messagesDeleted @20 :MessagesDeleted;
    reactionAdded @21 :ReactionAdded;
    reactionRemoved @22 :ReactionRemoved;
    reactionsCleared @23 :ReactionsCleared;
    pinChanged @24 :PinChanged;
    identityAdded @25 :IdentityAdded;
    hostingChanged @26 :HostingChanged;
    hostingPolicySet @27 :HostingPolicySet;
    nodeBanned @28 :NodeBanned;
    nodeUnbanned @29 :NodeUnbanned;
    memberMoved @30 :MemberMoved;
  }
}

# Control log

struct GuildCreated {
  # The first entry of every guild. Its first role, channels and member follow in the same commit.
  guild @0 :Guild;
  genesis @1 :Data;   # the signed genesis, whose hash is the guild's uid
  hostName @2 :Text;  # of the node that made it, which is its first host
  endpoints @3 :List(Text); # host:port where that node accepts links
}
struct GuildUpdated { guild @0 :Guild; }
struct GuildDeleted { byUser @0 :UInt64; }
struct RoleCreated { role @0 :Role; }
struct RoleUpdated { role @0 :Role; }
struct RoleDeleted { id @0 :UInt64; }
struct ChannelCreated { channel @0 :Channel; }
struct ChannelUpdated { channel @0 :Channel; }
struct ChannelDeleted { id @0 :UInt64; }
struct MemberJoined {
  member @0 :Member;
  inviteCode @1 :Text;   # empty: by other means, such as a bot's authorisation
}
struct MemberUpdated { member @0 :Member; }
struct MemberLeft {
  userId @0 :UInt64;
  cause @1 :UInt8;       # 0 left, 1 kicked, 2 banned
  byUser @2 :UInt64;     # who kicked or banned; 0: left by itself
}
struct CommandsSet {
  # All commands of one application in this guild; an empty list removes them.
  applicationId @0 :UInt64;
  commands @1 :List(Command);
}
struct IdentityAdded {
  # Stands before the first command of its node or user, and again when its key log grew.
  uid @0 :Data;
  genesis @1 :Data;       # signature, then genesis bytes; empty: known from an event before
  events @2 :List(Data);  # the key events after those known already, ascending
}
struct HostingChanged {
  # The first control entry of an epoch, by its host.
  certificate @0 :Data;   # docs/FEDERATION.md: what makes it the host
  hostUid @1 :Data;
  epoch @2 :UInt64;
  hostName @3 :Text;
  endpoints @4 :List(Text);
}
struct HostingPolicySet {
  # Who may vote for a new host; the whole policy each time.
  successors @0 :List(Data);
  votes @1 :UInt8;
  delayMs @2 :UInt64;
  byUser @3 :UInt64;
  places @4 :List(Text);  # of each successor, in their order: its name, then host:port where it
                          # accepts links, separated by spaces
}
struct NodeBanned {
  # Its users' memberships end by MemberLeft events of the same commit.
  nodeUid @0 :Data;
  name @1 :Text;
  byUser @2 :UInt64;
}
struct NodeUnbanned { nodeUid @0 :Data; byUser @1 :UInt64; }
struct MemberMoved {
  # A member's account lives on another node now; its own key log says so.
  userId @0 :UInt64;
  homeUid @1 :Data;
}

# Admin log

struct BanAdded { ban @0 :Ban; }
struct BanRemoved { userId @0 :UInt64; byUser @1 :UInt64; }
struct InviteCreated { invite @0 :Invite; }
struct InviteUsed { code @0 :Text; userId @1 :UInt64; }
struct InviteDeleted { code @0 :Text; byUser @1 :UInt64; }

# Channel logs

struct MessageCreated { message @0 :Message; }
struct MessageEdited {
  message @0 :Message;   # the whole message as it is now; the body of what it replaces is dropped
}
struct MessagesDeleted {
  # One or, in bulk, up to 100 messages of one channel; their bodies are dropped.
  channelId @0 :UInt64;
  ids @1 :List(UInt64);  # ascending
  byUser @2 :UInt64;
  bulk @3 :Bool;         # presented as one bulk event
}
struct ReactionAdded {
  channelId @0 :UInt64;
  messageId @1 :UInt64;
  userId @2 :UInt64;
  emojiId @3 :UInt64;    # custom emoji; 0: a Unicode one
  emojiName @4 :Text;
  authorId @5 :UInt64;   # the message's author, whom clients want told
}
struct ReactionRemoved {
  channelId @0 :UInt64;
  messageId @1 :UInt64;
  userId @2 :UInt64;
  emojiId @3 :UInt64;
  emojiName @4 :Text;
}
struct ReactionsCleared {
  channelId @0 :UInt64;
  messageId @1 :UInt64;
  emojiId @2 :UInt64;
  emojiName @3 :Text;    # empty and emojiId 0: all reactions of the message
}
struct PinChanged {
  channelId @0 :UInt64;
  messageId @1 :UInt64;
  pinned @2 :Bool;
  byUser @3 :UInt64;
}
