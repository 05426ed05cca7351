#include "node/services/images.h"

#include "protocol/data_uri.h"
#include "protocol/errors.h"
#include "protocol/limits.h"

namespace guildhall::services {

using protocol::Result;

base::Task<Result<std::string>> keep_image(ImageStore* store,
                                           std::string_view folder,
                                           protocol::Snowflake owner,
                                           std::string_view field,
                                           const std::string& data_uri) {
    if (data_uri.empty()) co_return std::string();
    const auto fault = [&](std::string code, std::string message) {
        return protocol::make_field_error(std::string(field), std::move(code), std::move(message));
    };
    auto image = protocol::parse_data_uri(data_uri);
    if (!image || protocol::sniff_image(image->bytes).empty())
        co_return fault("IMAGE_INVALID", "Invalid image data.");
    if (image->bytes.size() > protocol::limits::kImageBytesMax)
        co_return fault("BINARY_TYPE_MAX_SIZE", "File cannot be larger than 8 MiB.");
    if (!store) co_return fault("IMAGE_INVALID", "This node keeps no images.");
    co_return co_await store->put(folder, owner, std::move(image->bytes));
}

}  // namespace guildhall::services
