#include "protocol/api/hosting.h"

#include "protocol/json/codec.h"

GUILDHALL_DECODER(guildhall::protocol::api::HostingPatch);
GUILDHALL_DECODER(guildhall::protocol::api::HostingTransfer);
GUILDHALL_DECODER(guildhall::protocol::api::RecoveryCreate);
