@0x9d2f64be3a7c1508;
# A message as the floor of federation sends it: what two nodes must at least tell each other. Not
# the own schema of Guildhall, so that the floor stays the same when that changes.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("guildhall::bench::wire");

struct Author {
  id @0 :UInt64;
  username @1 :Text;
  globalName @2 :Text;
  avatar @3 :Data;
  flags @4 :UInt32;
  home @5 :Data;       # uid of the author's node
}

struct MessageEvent {
  id @0 :UInt64;
  channelId @1 :UInt64;
  guildId @2 :UInt64;
  author @3 :Author;
  type @4 :UInt16;
  flags @5 :UInt32;
  content @6 :Text;
  timestampMs @7 :Int64;
  editedMs @8 :Int64;
  mentions @9 :List(UInt64);
  nonce @10 :Text;
  replyTo @11 :UInt64;
  prevHash @12 :Data;  # of the event before: the events are a chain
  seq @13 :UInt64;
}
