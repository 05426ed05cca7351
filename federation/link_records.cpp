#include "federation/link_records.h"

#include <algorithm>

namespace guildhall::federation {

namespace {

constexpr std::size_t kLengthBytes = 2;

std::size_t length_at(ByteView bytes) { return ByteReader(bytes).get<std::uint16_t>(); }

}  // namespace

bool RecordReader::feed(ByteView bytes, protocol::FunctionRef<bool(ByteView)> on_record) {
    while (!bytes.empty()) {
        if (kept_.empty() && bytes.size() >= kLengthBytes) {
            const std::size_t length = length_at(bytes);
            if (!allowed(length)) return false;
            if (bytes.size() >= kLengthBytes + length) {  // Whole: no copy.
                const bool more = on_record(ByteView(bytes.subspan(kLengthBytes, length)));
                bytes = ByteView(bytes.subspan(kLengthBytes + length));
                if (!more) return true;
                continue;
            }
        }
        const bool has_length = kept_.size() >= kLengthBytes;
        const std::size_t wanted = has_length ? kLengthBytes + length_at(kept_) : kLengthBytes;
        const std::size_t taken = std::min(wanted - kept_.size(), bytes.size());
        kept_.append(ByteView(bytes.first(taken)).text());
        bytes = ByteView(bytes.subspan(taken));
        if (kept_.size() < kLengthBytes) continue;
        const std::size_t length = length_at(kept_);
        if (!allowed(length)) return false;
        if (kept_.size() < kLengthBytes + length) continue;
        const std::string record = std::exchange(kept_, {});
        if (!on_record(ByteView(ByteView(record).subspan(kLengthBytes)))) return true;
    }
    return true;
}

std::string RecordCipher::seal(ByteView plain) {
    CHECK(plain.size() + limits::kRecordTagBytes <= limits::kRecordBytesMax);
    std::string record = with_length(cipher_.encrypt_with_ad({}, plain));
    count();
    return record;
}

std::optional<std::string> RecordCipher::open(ByteView sealed) {
    auto plain = cipher_.decrypt_with_ad({}, sealed);
    if (plain) count();
    return plain;
}

void RecordCipher::count() {
    if (cipher_.nonce() % rekey_records_ == 0) cipher_.rekey();
}

std::string with_length(ByteView bytes) {
    return ByteWriter().put(static_cast<std::uint16_t>(bytes.size())).put(bytes).take();
}

}  // namespace guildhall::federation
