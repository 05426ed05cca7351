#include "federation/command_call.h"

#include <utility>

namespace guildhall::federation {

using protocol::Result;

CommandFacts CommandCall::facts() const {
    CommandFacts out;
    out.hash = command.hash();
    out.header = command.header;
    out.signature = command.signature;
    out.guild_uid = header.guild_uid;
    out.epoch_min = header.epoch_min;
    out.origin_uid = header.origin_uid;
    out.actor = protocol::UserId(header.actor);
    out.channel = header.channel;
    out.expires_ms = header.expires_ms;
    out.has_body = call.has_value();
    if (!call) return out;
    out.method = call->method;
    out.route = call->route;
    out.json = call->json;
    out.params = call->params;
    out.files = call->files.size();
    return out;
}

Result<CommandCall> read_command(SignedCommand command) {
    const auto header = decode_command_header(command.header);
    if (!header) return refused("a command's header cannot be read");
    CommandCall out;
    out.header = *header;
    if (!command.body.empty()) {
        const auto call = event_of_body(command.body);
        if (!call || body_hash(command.body) != header->body_hash)
            return refused("a command's body is not the one that was signed");
        TRY(out.call, decode_api_call(*call));
    }
    out.command = std::move(command);
    return out;
}

Result<CommandCall> read_command(ByteView stored) {
    auto command = decode_signed_command(stored);
    if (!command) return refused("a command cannot be read");
    return read_command(std::move(*command));
}

CommandFrame frame_of(const SignedCommand& command, bool logged) {
    CommandFrame out;
    out.header = command.header;
    out.signature = command.signature;
    out.body = command.body;
    out.logged = logged;
    for (const DeviceSignature& device : command.device_signatures)
        out.deviceSignatures.push_back(ByteWriter().put(device.key).put(device.signature).take());
    return out;
}

Result<SignedCommand> command_of(const CommandFrame& frame) {
    if (!decode_command_header(frame.header)) return refused("a command's header cannot be read");
    if (frame.body.size() > kCommandBodyBytesMax) return refused("a command's body is too long");
    if (frame.deviceSignatures.size() > kDeviceSignaturesMax)
        return refused("a command has too many device signatures");
    SignedCommand out;
    out.header = frame.header;
    out.signature = frame.signature;
    out.body = frame.body;
    for (const std::string& bytes : frame.deviceSignatures) {
        ByteReader in{ByteView(bytes)};
        DeviceSignature device;
        device.key = in.get<PublicKey>();
        device.signature = in.get<Signature>();
        if (!in.done()) return refused("a device signature has another length");
        out.device_signatures.push_back(device);
    }
    return out;
}

}  // namespace guildhall::federation
