#pragma once
// NodeBook: what an account's home node offers (`features` of GET /node) and which nodes it knows
// (GET /node/peers): asked for once when somebody wants to know, then kept for as long as it is
// likely to hold. One per account, its child; GUI thread.

#include "client-qml/core/account/account.h"

#include <QSet>

namespace guildhall::client {

class NodeBook : public QObject {
    Q_OBJECT

  public:
    struct Peer {
        bool verified = false, reachable = false;
    };

    /// The account's own, made at the first call.
    static NodeBook* of(Account* account);

    /// What is not known yet is not offered; `changed` tells when it is.
    bool offers(const QString& feature);
    /// What is not known yet may be offered, unless a route of it was found not to be there.
    bool may_offer(const QString& feature);
    void learn_absent(const QString& feature);
    /// Null: not known, or not yet.
    const Peer* peer(const QString& name);
    /// The node has said whom it knows: who is not among them is unknown to it too.
    bool knows_peers() const { return knows_peers_; }

  signals:
    void changed();

  private:
    explicit NodeBook(Account* account);
    bool is_due(qint64 asked_ms) const;
    void ask_node();
    void ask_peers(const QString& after);

    Account& account_;
    QSet<QString> features_, absent_;
    QHash<QString, Peer> peers_;
    bool knows_peers_ = false;
    qint64 node_asked_ms_ = 0, peers_asked_ms_ = 0;  // steady; 0: never
};

}  // namespace guildhall::client
