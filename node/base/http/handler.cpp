#include "node/base/http/handler.h"

namespace guildhall::base::http {

Task<Upgrade> Handler::upgrade(Request&) {
    co_return Upgrade::refuse(Response::error(404, 0, "404: Not Found"));
}

}  // namespace guildhall::base::http
