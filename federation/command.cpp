#include "federation/command.h"

#include <array>
#include <utility>

namespace guildhall::federation {

namespace {

CommandProblem problem_of_lifetime(const CommandHeader& header) {
    // Compared without a sum: a hostile client_ts_ms may be the largest number there is.
    const bool backwards = header.expires_ms < header.client_ts_ms;
    const bool negative = header.client_ts_ms < 0;
    if (backwards || negative ||
        header.expires_ms - header.client_ts_ms > kCommandLifetimeMax.count()) {
        return CommandProblem::bad_lifetime;
    }
    return CommandProblem::none;
}

CommandProblem problem_of(const SignedCommand& command,
                          const std::optional<CommandHeader>& header,
                          const PublicKey& key) {
    if (!header) return CommandProblem::malformed;
    if (!verify(key, Domain::command, ByteView(command.header), command.signature)) {
        return CommandProblem::bad_signature;
    }
    if (!command.body.empty() &&
        (command.body.size() < kSaltBytes || body_hash(command.body) != header->body_hash)) {
        return CommandProblem::bad_body;
    }
    return problem_of_lifetime(*header);
}

}  // namespace

std::string encode(const CommandHeader& header) {
    std::string bytes = ByteWriter()
                            .put(kCommandVersion)
                            .put(header.guild_uid)
                            .put(header.epoch_min)
                            .put(header.origin_uid)
                            .put(header.origin_seq)
                            .put(header.actor)
                            .put(header.channel)
                            .put(header.client_ts_ms)
                            .put(header.expires_ms)
                            .put(header.body_hash)
                            .take();
    CHECK(bytes.size() == kCommandHeaderBytes);
    return bytes;
}

std::optional<CommandHeader> decode_command_header(ByteView bytes) {
    ByteReader in(bytes);
    const auto version = in.get<std::uint8_t>();
    CommandHeader out;
    out.guild_uid = in.get<Hash32>();
    out.epoch_min = in.get<std::uint64_t>();
    out.origin_uid = in.get<Hash32>();
    out.origin_seq = in.get<std::uint64_t>();
    out.actor = in.get<std::uint64_t>();
    out.channel = in.get<std::uint64_t>();
    out.client_ts_ms = in.get<std::int64_t>();
    out.expires_ms = in.get<std::int64_t>();
    out.body_hash = in.get<Hash32>();
    if (!in.done() || version != kCommandVersion || out.origin_seq == 0) return std::nullopt;
    return out;
}

SignedCommand sign_command(CommandHeader header,
                           const Salt& salt,
                           ByteView api_call,
                           const SecretKey& origin) {
    SignedCommand out;
    out.body = make_body(salt, api_call);
    CHECK(out.body.size() <= kCommandBodyBytesMax);
    header.body_hash = body_hash(out.body);
    out.header = encode(header);
    out.signature = origin.sign(Domain::command, ByteView(out.header));
    return out;
}

bool is_dead_for_entry(protocol::UnixMs expires_ms, protocol::UnixMs entry_ts_ms) {
    if (entry_ts_ms <= expires_ms) return false;
    // Both may be any number: their difference fits only without a sign.
    const auto late =
        static_cast<std::uint64_t>(entry_ts_ms) - static_cast<std::uint64_t>(expires_ms);
    return late > static_cast<std::uint64_t>(kCommandEntrySlack.count());
}

void add_device_signature(SignedCommand& command, const SecretKey& device) {
    CHECK(command.device_signatures.size() < kDeviceSignaturesMax);
    command.device_signatures.push_back(
        {device.public_key(), device.sign(Domain::device, ByteView(command.header))});
}

std::string_view text_of(CommandProblem problem) {
    static constexpr std::array<std::string_view, 11> kTexts = {
        "no problem",
        "the command is malformed",
        "the origin's signature does not hold",
        "the body is not the one that was signed",
        "the command is for another guild",
        "the command is of another node",
        "the actor's home is another node",
        "the command knows a newer epoch than this host",
        "the command may wait longer than ten minutes",
        "the command has expired",
        "the command comes from the future",
    };
    return kTexts[static_cast<std::size_t>(problem)];
}

bool is_about_clock(CommandProblem problem) {
    return problem == CommandProblem::expired || problem == CommandProblem::clock_ahead;
}

std::optional<CommandHeader> verify(const SignedCommand& command,
                                    const PublicKey& origin_key,
                                    CommandProblem* problem) {
    std::optional<CommandHeader> header = decode_command_header(command.header);
    const CommandProblem found = problem_of(command, header, origin_key);
    if (problem != nullptr) *problem = found;
    if (found != CommandProblem::none) return std::nullopt;
    return header;
}

bool is_signed_by_device(const SignedCommand& command, const PublicKey& key) {
    for (const DeviceSignature& device : command.device_signatures) {
        if (device.key == key) {
            return verify(key, Domain::device, ByteView(command.header), device.signature);
        }
    }
    return false;
}

CommandProblem check(const CommandHeader& header, const CommandPlace& place) {
    if (header.guild_uid != place.guild_uid) return CommandProblem::wrong_guild;
    if (header.origin_uid != place.origin_uid) return CommandProblem::wrong_origin;
    if (place.actor_home && *place.actor_home != header.origin_uid) {
        return CommandProblem::wrong_actor;
    }
    if (header.epoch_min > place.epoch) return CommandProblem::host_is_old;
    if (const auto p = problem_of_lifetime(header); p != CommandProblem::none) return p;
    if (header.expires_ms < place.now_ms) return CommandProblem::expired;
    if (header.client_ts_ms - place.now_ms > kCommandClockAheadMax.count()) {
        return CommandProblem::clock_ahead;
    }
    return CommandProblem::none;
}

std::string encode(const SignedCommand& command) {
    CHECK(command.header.size() == kCommandHeaderBytes);
    CHECK(command.device_signatures.size() <= kDeviceSignaturesMax);
    ByteWriter out;
    out.put(ByteView(command.header)).put(command.signature);
    out.put(static_cast<std::uint8_t>(command.device_signatures.size()));
    for (const DeviceSignature& device : command.device_signatures) {
        out.put(device.key).put(device.signature);
    }
    return out.put(ByteView(command.body)).take();
}

std::optional<SignedCommand> decode_signed_command(ByteView stored) {
    ByteReader in(stored);
    SignedCommand out;
    out.header = in.take(kCommandHeaderBytes).text();
    out.signature = in.get<Signature>();
    const auto devices = in.get<std::uint8_t>();
    if (in.failed() || devices > kDeviceSignaturesMax) return std::nullopt;
    for (int i = 0; i < devices; ++i) {
        DeviceSignature device;
        device.key = in.get<PublicKey>();
        device.signature = in.get<Signature>();
        out.device_signatures.push_back(device);
    }
    if (in.failed() || in.left() > kCommandBodyBytesMax) return std::nullopt;
    out.body = in.take(in.left()).text();
    if (!decode_command_header(out.header)) return std::nullopt;
    return out;
}

std::optional<std::string> without_body(ByteView stored) {
    std::optional<SignedCommand> command = decode_signed_command(stored);
    if (!command) return std::nullopt;
    command->body.clear();
    return encode(*command);
}

}  // namespace guildhall::federation
