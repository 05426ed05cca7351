@0xb7a4d1c95e2f6038;
# What Guildhall nodes say to each other over a link. docs/FEDERATION.md is the manual: handshake,
# records, classes, state machines and limits. This file is the vocabulary.
#
# Rules. A frame is one Cap'n Proto message of exactly one segment with its segment table: 00 00 00
# 00, the number of words, the words. It travels in one link record, or in several one after the
# other in its class (federation/limits.h has the size that each class takes). Ids and meanings
# never change; fields are only added at the end; an unknown member of the union is answered with
# problem(unsupported) when `id` asks, and skipped otherwise. Everything that is signed travels as
# opaque Data, the exact bytes of docs/FEDERATION.md, and is never encoded again to be verified.
# Times are Unix milliseconds. A hash, uid or key is 32 bytes, a signature 64; a field of that kind
# that may be absent says "or empty"; other lengths are malformed, and a malformed frame ends the
# link. Field names equal the members of the C++ structs in federation/frame.h.
#
# Each member of the union belongs to one class of traffic: control, live, bulk, blob or ephemeral,
# as the comments there say.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("guildhall::federation::wire");

struct Frame {
  id @0 :UInt64;
  # Pairs an answer with its request: chosen by who asks, odd on the dialer's side, even on the
  # other's, growing. 0: no answer is expected.
  union {
    # Of the link itself: control, but free of credit.
    hello @1 :Hello;                  # first frame of each side
    ping @2 :Ping;                    # any time; answered at once by a pong with the same value
    pong @3 :Ping;
    credit @4 :Credit;                # the receiver gives the sender more room in a class
    goodbye @5 :Problem;              # nothing follows from this side; why

    # Control, except where another class is named.
    problem @6 :Problem;              # a request failed
    keyLogGet @7 :KeyLogGet;
    keyLog @8 :KeyLog;                # answer to keyLogGet, or pushed when a log grew
    inviteGet @9 :InviteGet;
    inviteInfo @10 :InviteInfo;
    subscribe @11 :Subscribe;         # live; mirror to host: send me this guild from here on
    subscribed @12 :Subscribed;       # live: the host's answer
    unsubscribe @13 :GuildRef;        # either side: this guild no more
    snapshotGet @14 :SnapshotGet;     # bulk
    snapshot @15 :Snapshot;           # bulk: the state at a control size, in pieces
    append @16 :Append;               # live: new or catching up, entries of one log, in order
    ack @17 :Ack;                     # live; mirror to host: durable here up to these places
    rangeGet @18 :RangeGet;           # bulk: a piece of a log's past, from the host or any mirror
    range @19 :Range;                 # bulk
    heads @20 :Heads;                 # gossip: the newest signed heads that the sender holds
    command @21 :CommandFrame;        # live; home to host: a user of mine does this
    commandResult @22 :CommandResult; # live
    ephemeral @23 :Ephemerals;        # ephemeral
    interest @24 :Interest;
    blobGet @25 :BlobGet;             # blob
    blobPart @26 :BlobPart;           # blob: answer to blobGet, in order; or what blobPut announced
    blobPut @27 :BlobPut;             # blob: may I hand you this file? answered by blobState
    blobState @28 :BlobState;         # blob
    profileGet @29 :ProfileGet;       # live
    profiles @30 :Profiles;           # live: answer, or pushed when one changed
    dispatch @31 :Dispatch;           # live; host to home: an unlogged dispatch for a user of yours
    hosting @32 :Hosting;             # a certificate that changes who hosts a guild
    vote @33 :Vote;                   # among successors
    evidence @34 :Evidence;           # bulk; proof that a host or a node contradicted itself
    purge @35 :GuildRef;              # host to mirror: forget this guild (last member left, banned)
    applicationGet @36 :ApplicationGet; # bulk
    application @37 :Application;     # bulk: answer, or pushed by its home when it changed
  }
}

struct Hello {
  # What each side is, before anything else. The link speaks the highest version that both have;
  # without one it ends with goodbye(version).
  protoMin @0 :UInt16;        # lowest protocol version spoken
  protoMax @1 :UInt16;        # highest
  features @2 :List(UInt16);  # optional parts, by their numbers in docs/FEDERATION.md
  guildFormats @3 :List(UInt16); # formats of guilds that the sender can apply
  name @4 :Text;              # the node's name: its users are alice@name
  software @5 :Text;          # for people: "guildhall 0.3"
  nowMs @6 :Int64;            # the sender's clock
  bootId @7 :Data;            # 16 random bytes of this start of the process
  endpoints @8 :List(Text);   # host:port where the sender accepts links; empty behind NAT
}

struct Ping { value @0 :UInt64; }  # of the asker: the pong repeats it

struct Credit {
  trafficClass @0 :UInt8;     # 0 control, 1 live, 2 bulk, 3 blob, 4 ephemeral
  bytes @1 :UInt64;           # more than granted before; credits add up
}

struct Problem {
  code @0 :UInt16;            # federation/problem.h
  text @1 :Text;              # for people
  retryMs @2 :UInt32;         # try again after; 0: do not
  nowMs @3 :Int64;            # the sender's clock, when clocks are the problem
}

struct KeyLogGet { uid @0 :Data; }  # of a node or user
struct KeyLog {
  # A node's or user's whole key log.
  genesis @0 :Data;           # signature ‖ genesis bytes
  events @1 :List(Data);      # signature ‖ event bytes, ascending
  name @2 :Text;              # of a node, as the sender heard it; proves nothing
  endpoints @3 :List(Text);   # of a node, as the sender heard them
}

struct InviteGet { code @0 :Text; }
struct InviteInfo {
  # What an invite leads to, for who has the code.
  code @0 :Text;
  genesis @1 :Data;           # the guild's signed genesis: its hash is the uid
  guildId @2 :UInt64;
  json @3 :Text;              # the API's invite object, as GET /invites/{code} gives it
  hostUid @4 :Data;           # who hosts the guild now
  hosting @5 :List(Data);     # certificates from the genesis' host to that one
}

struct GuildRef {
  guildUid @0 :Data;
  reason @1 :UInt8;           # purge: 0 left, 1 kicked, 2 banned, 3 node banned, 4 guild deleted
}

struct Cursor {
  # A place in a log.
  logId @0 :UInt64;           # 0 control, 1 admin, else a channel
  size @1 :UInt64;            # entries that the sender has from the start of what it follows
  root @2 :Data;              # of the tree at that size, as the sender verified it
}

struct Subscribe {
  guildUid @0 :Data;
  epoch @1 :UInt64;           # of the newest head that the sender holds
  have @2 :List(Cursor);      # empty: a first subscription
}
struct Subscribed {
  guildUid @0 :Data;
  epoch @1 :UInt64;
  logs @2 :List(Cursor);      # the logs the subscriber may have, with their present sizes and roots
  diverged @3 :List(UInt64);  # logs whose root at the subscriber's size is another here
  hosting @4 :List(Data);     # certificates of epochs above the subscriber's
}

struct SnapshotGet { guildUid @0 :Data; }  # answered by snapshots with the same id
struct Snapshot {
  # The guild's state at a size of the control log, as objects of event.capnp. Pieces come in
  # order. The first basePieces of them, most often one, are the base: after it the guild is usable.
  # The others are pages of all members, ascending by user.
  guildUid @0 :Data;
  controlSize @1 :UInt64;
  controlHead @2 :Data;       # signed head of the control log at controlSize
  frontier @3 :Data;          # of the control log at controlSize: its root is the head's
  piece @4 :UInt32;
  pieces @5 :UInt32;
  genesis @6 :Data;           # piece 0
  guild @7 :Data;             # piece 0: Guild
  roles @8 :List(Data);       # of the base: Role each
  channels @9 :List(Data);    # of the base: Channel each
  members @10 :List(Data);    # Member each; the base has the owner and the asker's own users
  commands @11 :List(Data);   # of the base: Command each, in their order
  hosting @12 :Data;          # piece 0: Hosting state of event.capnp
  identities @13 :List(Data); # of the base: Identity each; a long one in parts
  memberCount @14 :UInt64;    # of all pieces
  nodeBans @15 :List(Data);   # of the base: NodeBan each
  basePieces @16 :UInt32;     # how many pieces the base has
}

struct Entry {
  header @0 :Data;            # the canonical header: its hash is the leaf
  body @1 :Data;              # salt ‖ event; empty: dropped
  command @2 :Data;           # signed command of a remote user; empty: done on the host, or not
                              # sent because the receiver is its origin
}

struct Append {
  guildUid @0 :Data;
  logId @1 :UInt64;
  firstSeq @2 :UInt64;
  entries @3 :List(Entry);    # at most 512
  head @4 :Data;              # signed head; its size is firstSeq + entries, or larger when more
                              # follow
  consistency @5 :List(Data); # from the tree at firstSeq + entries to the head's; empty when equal
  frontier @6 :Data;          # of the log at firstSeq, only in the append that opens a log for who
                              # holds nothing of it: its entries are history and nobody is told; its
                              # root is proved by `base`
  base @7 :List(Data);        # consistency from firstSeq to the head's size, with frontier
}

struct Ack {
  guildUid @0 :Data;
  at @1 :List(Cursor);
  cosignature @2 :Data;       # a successor's signed word of what it stored; mostly empty
}

struct RangeGet {
  guildUid @0 :Data;
  logId @1 :UInt64;
  from @2 :UInt64;            # first entry wanted
  to @3 :UInt64;              # one past the last; at most 500 more than from
  headSize @4 :UInt64;        # size of the head that the asker holds: the proof is against it
}
struct Range {
  guildUid @0 :Data;
  logId @1 :UInt64;
  from @2 :UInt64;            # as asked
  entries @3 :List(Entry);    # shorter than asked where the answer would not fit a frame
  left @4 :List(Data);        # hashes of the complete subtrees before `from`, largest first
  right @5 :List(Data);       # hashes that complete the tree after the entries, leaf side first
  headSize @6 :UInt64;        # as asked
}

struct Heads {
  guildUid @0 :Data;
  heads @1 :List(Data);       # signed heads, one per log at most
}

struct CommandFrame {
  header @0 :Data;            # canonical command header: its SHA-256 is the command hash
  signature @1 :Data;         # of the origin node over it
  body @2 :Data;              # salt ‖ ApiCall: the header has its hash
  deviceSignatures @3 :List(Data); # the user's own keys, where the user keeps them
  logged @4 :Bool;            # false: a question (audit log, bans, search) that changes nothing
}
struct ApiCall {
  # The API call as the user made it.
  method @0 :Text;            # POST
  route @1 :Text;             # the pattern: /channels/{channel_id}/messages
  params @2 :List(Text);      # in the order of the pattern
  query @3 :Text;
  json @4 :Text;              # the body; empty: none
  reason @5 :Text;            # X-Audit-Log-Reason
  files @6 :List(File);
  version @7 :UInt8;          # 9 or 10
  keyLog @8 :List(Data);      # of the user, with a join: genesis, then events
  profile @9 :Data;           # empty: a profile is pushed before the command
}
struct File {
  # An attachment that was handed to the host before (blobPut).
  field @0 :Text;             # the part's name: files[0]
  filename @1 :Text;
  hash @2 :Data;
  size @3 :UInt64;
}
struct CommandResult {
  status @0 :UInt16;          # of the API's answer
  json @1 :Text;              # the API's answer
  receipt @2 :Data;           # signed; empty when nothing was logged
  retryMs @3 :UInt32;         # 429: when to try again
}

struct Ephemerals { items @0 :List(Ephemeral); }
struct Ephemeral {
  # Only of the sender's own users, or relayed by a guild's host to who is interested.
  guildUid @0 :Data;
  kind @1 :UInt8;             # 0 typing, 1 presence
  channelId @2 :UInt64;       # typing
  userId @3 :UInt64;
  tsMs @4 :Int64;
  status @5 :Text;            # presence: online, idle, dnd, offline
  activities @6 :Text;        # presence: canonical JSON array
  clientStatus @7 :Text;      # presence: canonical JSON object
}
struct Interest {
  guildUid @0 :Data;
  typing @1 :Bool;            # somebody here looks at this guild
  presence @2 :Bool;
}

struct BlobGet {
  hash @0 :Data;              # BLAKE2b-256 of the file; or empty, with `image`
  guildUid @1 :Data;          # the guild whose message names it
  channelId @2 :UInt64;
  offset @3 :UInt64;
  length @4 :UInt32;          # at most 1 MiB
  image @5 :Text;             # instead of a hash: "icons/ID/HASH.png" of a guild or user image
}
struct BlobPart {
  hash @0 :Data;              # of the file that was asked for; or empty, for an image
  offset @1 :UInt64;
  data @2 :Data;              # at most 48 KiB
  last @3 :Bool;              # of this answer
  total @4 :UInt64;           # size of the file
}
struct BlobPut {
  hash @0 :Data;
  size @1 :UInt64;
  guildUid @2 :Data;
  channelId @3 :UInt64;
  userId @4 :UInt64;          # of the sender's users; who will post it
}
struct BlobState {
  hash @0 :Data;              # of the blobPut
  have @1 :Bool;              # nothing need be sent, or all of it came
}

struct ProfileGet { userIds @0 :List(UInt64); }
struct Profiles { profiles @0 :List(Data); }  # signed profiles

struct Dispatch {
  guildUid @0 :Data;          # of which the sender is the host
  userId @1 :UInt64;          # a user or bot of the receiver
  name @2 :Text;              # INTERACTION_CREATE, MESSAGE_CREATE (ephemeral), ...
  json @3 :Text;              # `d`; an interaction's token is a ticket (docs/FEDERATION.md)
  channelId @4 :UInt64;       # of the files; 0: none
  files @5 :List(File);       # in `d` and in no log; field: the attachment's id
}

struct Hosting {
  guildUid @0 :Data;
  certificates @1 :List(Data); # signed, ascending by epoch
}
struct Vote {
  guildUid @0 :Data;
  vote @1 :Data;              # signed
}
struct ApplicationGet { applicationId @0 :UInt64; }  # of a bot whose home the receiver is
struct Application {
  # What a guild's host must know of a bot from elsewhere: who it is, and what it offers everywhere.
  # What it offers in one guild stands in that guild's log. Believed from the bot's home alone.
  applicationId @0 :UInt64;   # also the id of its bot
  name @1 :Text;
  description @2 :Text;
  icon @3 :Text;
  flags @4 :UInt64;
  botPublic @5 :Bool;
  termsUrl @6 :Text;
  privacyUrl @7 :Text;
  commands @8 :List(Data);    # global ones: Command of event.capnp each
}

struct Evidence {
  guildUid @0 :Data;          # whom it concerns
  evidence @1 :Data;          # docs/FEDERATION.md, "Evidence": kind, key logs, statements
}
