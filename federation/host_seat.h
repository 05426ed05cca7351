#pragma once
// The host of a guild, leaving: Host -> Transferring -> Retired. A transfer is offered half signed
// and counts once the new host has signed too; while it is open nothing is written. An unanswered
// offer may be withdrawn after it ran out, by a restore of a higher epoch with the root key. A
// certificate of a higher epoch retires a host that returns. docs/FEDERATION.md, "Hosting". Owner:
// the hosted guild on its node; one thread.

#include "federation/succession.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace guildhall::federation {

/// The new host must answer within this time; it is at hand, its operator asked for the guild.
inline constexpr std::chrono::milliseconds kTransferOfferTime = std::chrono::minutes(10);
/// Two nodes' clocks and a certificate under way may differ by this much.
inline constexpr std::chrono::milliseconds kTransferMargin = std::chrono::minutes(10);
/// An offer is sent again this often; the other side answers each alike.
inline constexpr std::chrono::milliseconds kTransferRepeat = std::chrono::seconds(30);

/// Send the half-signed certificate to the node it names.
struct OfferTransfer {
    SignedCertificate certificate;

    friend bool operator==(const OfferTransfer&, const OfferTransfer&) = default;
};
/// Store the complete certificate and tell everybody.
struct PublishCertificate {
    SignedCertificate certificate;

    friend bool operator==(const PublishCertificate&, const PublishCertificate&) = default;
};
/// Mirror the guild from its new host; commands that were not in its log go to salvage.
struct StandDown {
    Hash32 new_host_uid{};
    std::uint64_t epoch = 0;

    friend bool operator==(const StandDown&, const StandDown&) = default;
};
using HostSeatAction = std::variant<OfferTransfer, PublishCertificate, StandDown>;

struct TransferTo {
    Hash32 host_uid{};
    std::string name;
    std::vector<std::string> endpoints;
};

class HostSeat {
  public:
    enum class State : std::uint8_t { host, transferring, retired };

    /// `open_offer` is the stored half-signed certificate of a transfer that a restart interrupted.
    HostSeat(SuccessorSetup setup,
             std::uint64_t epoch,
             std::optional<SignedCertificate> open_offer,
             protocol::UnixMs now_ms);

    /// Nothing may be written from here on; `progress` is where the logs end.
    protocol::Status begin_transfer(const TransferTo& to,
                                    const GuildProgress& progress,
                                    protocol::UnixMs now_ms);
    /// The certificate of the open offer, signed by both.
    protocol::Status on_accepted(const SignedCertificate& certificate, NodeKeys keys);
    /// Takes the guild back from a new host that never answered. The guild's root key signs too, so
    /// that every mirror follows even where the new host's signature turns up after all.
    protocol::Status withdraw(const GuildProgress& progress,
                              const SecretKey& root,
                              protocol::UnixMs now_ms);
    /// A verified certificate made another node host.
    void on_hosting(std::uint64_t epoch, const Hash32& host_uid);
    void tick(protocol::UnixMs now_ms);

    State state() const { return state_; }
    bool may_write() const { return state_ == State::host; }
    std::uint64_t epoch() const { return epoch_; }
    const std::optional<SignedCertificate>& open_offer() const { return offer_; }
    std::vector<HostSeatAction> take_actions();
    std::optional<protocol::UnixMs> next_deadline() const;

  private:
    void stand_down(std::uint64_t epoch, const Hash32& host_uid);

    SuccessorSetup setup_;
    std::uint64_t epoch_;
    State state_ = State::host;
    std::optional<SignedCertificate> offer_;
    protocol::UnixMs offered_ms_ = 0;
    protocol::UnixMs next_send_ms_ = 0;
    std::vector<HostSeatAction> actions_;
};

/// The new host's side: checks an offer against what this node has and adds its signature.
/// `base` is the guild's present hosting.
protocol::Result<SignedCertificate> accept_transfer(const SignedCertificate& offer,
                                                    const HostingBase& base,
                                                    const SuccessorSetup& self,
                                                    const GuildProgress& progress,
                                                    NodeKeys keys,
                                                    protocol::UnixMs now_ms);

/// The certificate of a host that went back to a backup: the same host, a higher epoch.
SignedCertificate make_restore(const SuccessorSetup& self,
                               std::uint64_t prev_epoch,
                               std::uint64_t epoch,
                               const GuildProgress& progress,
                               protocol::UnixMs now_ms);

}  // namespace guildhall::federation
