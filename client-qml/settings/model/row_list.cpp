#include "client-qml/settings/model/row_list.h"

#include <QSet>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
/// Above this a list is replaced as a whole: finding what moved takes a square of it.
constexpr std::size_t kDiffMax = 1'000;

QString key_of(const QVariantMap& row) { return row[u"key"_s].toString(); }
}  // namespace

RowList::RowList(const QList<QByteArray>& roles, QObject* parent) : QAbstractListModel(parent) {
    int role = Qt::UserRole;
    for (const QByteArray& name : roles) roles_[++role] = name;
}

void RowList::set(std::vector<QVariantMap> rows) {
    const std::size_t before = rows_.size();
    if (std::max(rows.size(), rows_.size()) > kDiffMax) {
        replace(std::move(rows));
    } else {
        drop_missing(rows);
        for (std::size_t i = 0; i < rows.size(); ++i) place(int(i), rows[i]);
    }
    if (rows_.size() != before) emit countChanged();
}

void RowList::replace(std::vector<QVariantMap> rows) {
    beginResetModel();
    rows_ = std::move(rows);
    endResetModel();
}

void RowList::drop_missing(const std::vector<QVariantMap>& rows) {
    QSet<QString> kept;
    for (const QVariantMap& row : rows) kept.insert(key_of(row));
    for (int i = int(rows_.size()) - 1; i >= 0; --i) {
        if (kept.contains(key_of(rows_[std::size_t(i)]))) continue;
        beginRemoveRows({}, i, i);
        rows_.erase(rows_.begin() + i);
        endRemoveRows();
    }
}

void RowList::place(int at, const QVariantMap& row) {
    int from = at;
    while (from < int(rows_.size()) && key_of(rows_[std::size_t(from)]) != key_of(row)) ++from;
    if (from == int(rows_.size())) {
        beginInsertRows({}, at, at);
        rows_.insert(rows_.begin() + at, row);
        endInsertRows();
        return;
    }
    if (from != at) {
        beginMoveRows({}, from, from, {}, at);
        std::rotate(rows_.begin() + at, rows_.begin() + from, rows_.begin() + from + 1);
        endMoveRows();
    }
    if (rows_[std::size_t(at)] == row) return;
    rows_[std::size_t(at)] = row;
    emit dataChanged(index(at), index(at));
}

QVariantMap RowList::at(int row) const {
    return row >= 0 && row < rowCount() ? rows_[std::size_t(row)] : QVariantMap();
}

QVariantMap RowList::find(const QString& key) const { return at(indexOf(key)); }

int RowList::indexOf(const QString& key) const {
    const auto found = std::ranges::find(rows_, key, key_of);
    return found == rows_.end() ? -1 : int(found - rows_.begin());
}

int RowList::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(rows_.size());
}

QVariant RowList::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const QVariantMap& row = rows_[std::size_t(index.row())];
    if (role == Qt::DisplayRole) return row[u"name"_s];
    const auto name = roles_.find(role);
    return name == roles_.end() ? QVariant() : row[QString::fromLatin1(*name)];
}

}  // namespace guildhall::client
