#include "node/journal/bus.h"

namespace guildhall::journal {

void Bus::subscribe(unsigned shard, Subscriber& subscriber) {
    subscribers_[shard].push_back(&subscriber);
}

template <class Deliver>
void Bus::everywhere(base::Shard& here, Deliver deliver) {
    for (unsigned i = 0; i < shards_.count(); ++i) {
        if (i == here.index()) continue;
        shards_.at(i).post([this, i, deliver] {
            for (Subscriber* s : subscribers_[i]) deliver(*s);
        });
    }
    for (Subscriber* s : subscribers_[here.index()]) deliver(*s);
}

void Bus::publish(base::Shard& here, SharedBatch batch) {
    everywhere(here, [batch](Subscriber& s) {
        for (const Committed& c : *batch) s.on_committed(c);
    });
}

void Bus::publish(base::Shard& here, SharedNotices notices) {
    everywhere(here, [notices](Subscriber& s) {
        for (const Notice& n : *notices) s.on_notice(n);
    });
}

void Bus::publish(base::Shard& here, SharedGuildChange change) {
    everywhere(here, [change](Subscriber& s) { s.on_guild(*change); });
}

void Bus::publish_ephemeral(base::Shard& here, Ephemeral ephemeral) {
    everywhere(here,
               [shared = std::make_shared<const Ephemeral>(std::move(ephemeral))](Subscriber& s) {
                   s.on_ephemeral(*shared);
               });
}

}  // namespace guildhall::journal
