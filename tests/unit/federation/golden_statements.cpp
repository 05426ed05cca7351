#include "federation/command.h"
#include "federation/cosign.h"
#include "federation/evidence.h"
#include "federation/origin_window.h"
#include "federation/profile.h"
#include "federation/receipt.h"
#include "federation/recovery.h"
#include "tests/unit/federation/golden.h"
#include "tests/unit/federation/statements.h"

namespace guildhall::federation::testing {

namespace {

template <class Fixed>
Fixed counting(std::uint8_t from) {
    Fixed out;
    for (auto& byte : out) byte = from++;
    return out;
}

/// The node of golden.cpp: key(1), then key(2), rotation key(3).
SignedGenesis node_genesis() {
    NodeGenesis node;
    node.created_ms = kNow;
    node.nonce = counting<GenesisNonce>(0x20);
    node.signing_key = key(1).public_key();
    node.noise_static = counting<PublicKey>(0x30);
    node.next_key_commit = key_commit(key(2).public_key());
    node.rotation_keys = {key(3).public_key()};
    return sign(Genesis(node), key(1));
}

KeyEvent node_event() {
    KeyEvent event;
    event.subject_uid = uid_of(node_genesis().bytes);
    event.seq = 1;
    event.prev = event.subject_uid;
    event.ts_ms = kNow + 1;
    event.signing_key = key(2).public_key();
    event.target = counting<KeyTarget>(0x60);
    event.next_key_commit = key_commit(key(7).public_key());
    event.rotation_keys = {key(3).public_key()};
    return event;
}

KeyLog node_log() { return {encode(node_genesis()), {signed_event(node_event(), 2)}}; }

void add_keys(GoldenValues& out) {
    KeyEvent event = node_event();
    event.ts_ms = kNow + 2;
    event.signing_key = key(8).public_key();
    event.next_key_commit = key_commit(key(9).public_key());
    event.recovery = Recovery{hash_of(node_event()), 0};
    out.emplace_back("key_event.recovery", signed_event(event, 3));

    KeyEvent move = node_event();
    move.target = counting<KeyTarget>(0x90);
    move.rotation_keys.clear();
    SignedKeyEvent moved = sign(move, key(2));
    moved.consent = consent_to_move(moved.bytes, 3, key(11));
    out.emplace_back("key_event.move", encode(moved));
    out.emplace_back("key_log.bytes", encode(node_log()));
}

void add_command(GoldenValues& out) {
    CommandHeader header;
    header.guild_uid = filled(0x70);
    header.epoch_min = 0x0102030405060708;
    header.origin_uid = filled(0x71);
    header.origin_seq = 0x1112131415161718;
    header.actor = 0x2122232425262728;
    header.channel = 0x3132333435363738;
    header.client_ts_ms = kNow;
    header.expires_ms = kNow + 600'000;
    SignedCommand command = sign_command(header, counting<Salt>(0x10), "call bytes", key(1));
    add_device_signature(command, key(5));
    out.emplace_back("command.header", command.header);
    out.emplace_back("command.hash", command.hash().text());
    out.emplace_back("command.stored", encode(command));

    const Receipt receipt{filled(0x70), 2, command.hash(), 5, 6, filled(0x72), kNow};
    out.emplace_back("receipt.stored", encode(sign(receipt, key(1))));
    const Cosignature cosignature{filled(0x73), {filled(0x70), 2, 5, 7, filled(1), kNow}, kNow + 1};
    out.emplace_back("cosignature.stored", encode(sign(cosignature, key(1))));

    OriginWindow window;
    window.accept(1000, counting<Hash32>(0x40));
    window.accept(1300, counting<Hash32>(0x50));
    out.emplace_back("origin_window.bytes", window.serialise());
}

void add_profile(GoldenValues& out) {
    Profile profile;
    profile.user_id = 0x2122232425262728;
    profile.user_uid = filled(0x74);
    profile.home_uid = filled(0x71);
    profile.version = 9;
    profile.username = "alice";
    profile.global_name = "Alice";
    profile.avatar = "a_00";
    profile.bio = "b\xC3\xAFo";
    profile.accent_color = 0x123456;
    profile.flags = 64;
    profile.bot = true;
    out.emplace_back("profile.stored", encode(sign(profile, key(1))));
}

void add_hosting(GoldenValues& out) {
    Vote vote;
    vote.guild_uid = filled(0x70);
    vote.epoch = 4;
    vote.prev_epoch = 2;
    vote.candidate_uid = filled(0x75);
    vote.control_size = 100;
    vote.control_root = filled(0x76);
    vote.entries = 500;
    vote.voter_uid = filled(0x77);
    vote.voter_key_seq = 3;
    vote.ts_ms = kNow;
    const SignedBytes signed_vote = sign(vote, key(2));
    out.emplace_back("vote.stored", encode(signed_vote));

    HostingCertificate certificate;
    certificate.kind = HostingKind::takeover;
    certificate.guild_uid = vote.guild_uid;
    certificate.epoch = vote.epoch;
    certificate.prev_epoch = vote.prev_epoch;
    certificate.control_size = vote.control_size;
    certificate.control_root = vote.control_root;
    certificate.new_host_uid = vote.candidate_uid;
    certificate.new_host_name = "node.example";
    certificate.endpoints = {"node.example:8443"};
    certificate.ts_ms = kNow;
    SignedCertificate signed_certificate{encode(certificate), {}, {signed_vote}};
    add_signature(signed_certificate, vote.candidate_uid, 1, key(4));
    add_root_signature(signed_certificate, key(6));
    out.emplace_back("certificate.stored", encode(signed_certificate));
}

void add_evidence(GoldenValues& out) {
    const auto head = [](std::uint8_t root) {
        return sign_heads({{filled(0x70), 2, 5, 7, filled(root), kNow}}, key(1))[0];
    };
    out.emplace_back("evidence.bytes", encode(split_heads(node_log(), head(1), head(2))));
    EntryHeader entry;
    entry.log_id = 5;
    out.emplace_back("evidence.place", encode_place(entry, std::vector{filled(1), filled(2)}));
}

void add_recovery(GoldenValues& out) {
    const auto entropy = counting<PhraseEntropy>(0xf8);
    out.emplace_back("recovery.phrase", make_phrase(entropy));
    out.emplace_back("recovery.rotation_key",
                     std::string(rotation_key_of(entropy).public_key().text()));
}

}  // namespace

void add_statements(GoldenValues& out) {
    add_keys(out);
    add_command(out);
    add_profile(out);
    add_hosting(out);
    add_evidence(out);
    add_recovery(out);
}

}  // namespace guildhall::federation::testing
