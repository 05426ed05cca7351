#pragma once
// Resolver: names to addresses and services, in bounded time and with bounded answers. Nothing here
// judges whether an address may be connected to: fetch.h and peering do, of the very addresses that
// they connect to. CaresResolver asks the system's name servers (docs/decisions/0011);
// TableResolver is a table for tests. One for all shards, owned by node/app; awaited on the shard
// that is named.

#include "node/base/address.h"
#include "node/base/rng.h"
#include "node/base/shard.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::base {

/// One SRV record (RFC 2782).
struct Service {
    std::string host;
    std::uint16_t port = 0;
    std::uint16_t priority = 0;
    std::uint16_t weight = 0;

    friend bool operator==(const Service&, const Service&) = default;
};

/// More of an answer than this is not looked at: nobody needs it, and a liar could send thousands.
inline constexpr std::size_t kAddressesMax = 16;
inline constexpr std::size_t kServicesMax = 16;

class Resolver {
  public:
    virtual ~Resolver() = default;

    /// At least one and at most kAddressesMax. `name` is one that is_host_name() accepts. Status
    /// 502 when there is none, 504 when `limit` has passed, 503 when too many ask at once.
    virtual Task<Result<std::vector<IpAddress>>> addresses(Shard& shard,
                                                           std::string name,
                                                           Nanos limit) = 0;
    /// For "_service._tcp.example.org"; in the order in which they are to be tried, none when the
    /// name has none.
    virtual Task<Result<std::vector<Service>>> services(Shard& shard,
                                                        std::string name,
                                                        Nanos limit) = 0;
};

/// Whether `name` is a host name and not a number in disguise (0x7f.1, 2130706433, 0177.0.0.1,
/// 127.1): labels of letters, digits and inner hyphens, the last not a number.
bool is_host_name(std::string_view name);

/// The endpoints of a name or an IP literal; a v4 address in the clothes of v6 is none of them.
Task<Result<std::vector<Endpoint>>> resolve(Resolver& resolver,
                                            Shard& shard,
                                            HostPort where,
                                            Nanos limit);

/// Sorts by priority and shuffles each priority by weight, as RFC 2782 asks of clients.
void order_services(std::vector<Service>& services, Rng& rng);

struct CaresOptions {
    /// "127.0.0.1:5353,..."; empty: the system's.
    std::string servers;
    /// Asking at once, on all shards.
    unsigned queries_max = 256;
};

/// Safe from any shard; `rng` too, which must be a SystemRng where there is more than one.
class CaresResolver final : public Resolver {
  public:
    explicit CaresResolver(Rng& rng, CaresOptions options = {});
    ~CaresResolver() override;

    Task<Result<std::vector<IpAddress>>> addresses(Shard& shard,
                                                   std::string name,
                                                   Nanos limit) override;
    Task<Result<std::vector<Service>>> services(Shard& shard,
                                                std::string name,
                                                Nanos limit) override;

  private:
    struct Shared;

    // Shared with the queries under way, which may end after this.
    std::shared_ptr<Shared> shared_;
};

/// Answers from its tables, at once; names without a row do not exist.
class TableResolver final : public Resolver {
  public:
    Task<Result<std::vector<IpAddress>>> addresses(Shard& shard,
                                                   std::string name,
                                                   Nanos limit) override;
    Task<Result<std::vector<Service>>> services(Shard& shard,
                                                std::string name,
                                                Nanos limit) override;

    /// One row of answers per question: the last is repeated, so that a test can change its mind.
    std::map<std::string, std::vector<std::vector<IpAddress>>> address_rows;
    std::map<std::string, std::vector<Service>> service_rows;
    /// Throws where it would answer, as a library may.
    bool is_broken = false;
    /// Names asked for, in order.
    std::vector<std::string> asked;
};

}  // namespace guildhall::base
