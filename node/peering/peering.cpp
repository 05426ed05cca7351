#include "node/peering/peering.h"

#include "node/peering/discovery.h"

namespace guildhall::peering {

Peering::Peering(const Context& context)
    : ctx_(context), well_known_(write_well_known(ctx_)), peers_(ctx_), key_logs_(ctx_, peers_) {}

Peering::~Peering() = default;

void Peering::start() { well_known_ = write_well_known(ctx_); }

Task<void> Peering::stop() { co_await peers_.shut_down(); }

}  // namespace guildhall::peering
