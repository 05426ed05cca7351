#pragma once
// Blob: how JSON lies in the cache: compact text, deflated where that pays. What comes back from a
// file is hostile and bounded. Pure; any thread.

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace guildhall::client {

/// What is larger is not kept: no guild that a node offers is (5,000 channels take 2 MB).
inline constexpr int kBlobMax = 16 << 20;

/// Empty where the object is too large to keep.
QByteArray to_blob(const QJsonObject& object);
/// None: damaged.
std::optional<QJsonObject> from_blob(const QByteArray& blob);

}  // namespace guildhall::client
