#include "client-qml/settings/model/form.h"

namespace guildhall::client {

QVariantMap Form::fields() const {
    QVariantMap all = base_.toVariantMap();
    for (auto it = edits_.begin(); it != edits_.end(); ++it) all[it.key()] = it->toVariant();
    return all;
}

QJsonValue Form::value(const QString& name) const {
    const auto edited = edits_.find(name);
    return edited != edits_.end() ? QJsonValue(*edited) : base_[name];
}

void Form::set(const QString& name, const QVariant& value) {
    const QJsonValue wanted = QJsonValue::fromVariant(value);
    if (this->value(name) == wanted) return;
    edits_[name] = wanted;
    settle();
    if (errors_.remove(name) > 0) emit errorsChanged();
    emit fieldsChanged();
}

void Form::reset() {
    edits_ = {};
    overtaken_.clear();
    errors_.clear();
    dismiss();
    emit errorsChanged();
    emit fieldsChanged();
}

void Form::take(const QJsonObject& fresh) {
    const QJsonObject were = std::exchange(base_, fresh);
    for (auto it = edits_.begin(); it != edits_.end(); ++it) {
        const QJsonValue was = were[it.key()], now = base_[it.key()];
        if (was == now) continue;
        if (const auto both = joined(it.key(), was, *it, now)) {
            *it = *both;
        } else {
            overtaken_.insert(it.key());
        }
    }
    settle();
    emit fieldsChanged();
}

std::optional<QJsonValue> Form::joined(const QString&,
                                       const QJsonValue&,
                                       const QJsonValue&,
                                       const QJsonValue&) const {
    return std::nullopt;
}

void Form::begin(const QJsonObject& fresh) {
    base_ = fresh;
    ++place_;
    sending_ = 0;
    emit savingChanged();
    reset();
}

void Form::set_reason(const QString& reason) {
    if (reason == reason_) return;
    reason_ = reason;
    emit editableChanged();
}

/// An edit that says what the node has is none.
void Form::settle() {
    const auto is_same = [](const QJsonValue& base, const QJsonValue& edit) {
        return base == edit || (base.isUndefined() && edit.isNull());
    };
    for (auto it = edits_.begin(); it != edits_.end();) {
        it = is_same(base_[it.key()], *it) ? edits_.erase(it) : it + 1;
    }
    overtaken_.removeIf([this](const QString& name) { return !edits_.contains(name); });
}

std::vector<Form::Part> Form::one_part(Request request, const QJsonObject& changed) {
    std::vector<Part> parts(1);
    parts.front().request = std::move(request);
    parts.front().names = changed.keys();
    return parts;
}

void Form::save() {
    if (saving() || !dirty() || !editable()) return;
    const QJsonObject sent = edits_;
    std::vector<Part> wanted = parts(sent);
    failed_ = false;
    errors_.clear();
    sending_ = int(wanted.size());
    emit errorsChanged();
    emit savingChanged();
    for (Part& part : wanted) send(std::move(part), sent);
}

void Form::send(Part part, const QJsonObject& sent) {
    const QStringList names = part.names;
    call(std::move(part.request), [this, sent, names, place = place_](const Answer& answer) {
        if (place != place_) return;
        --sending_;
        if (answer.ok()) {
            // The dispatch that tells of it may come later, or have come before.
            for (const QString& name : names) {
                // What was typed since it was sent stays an edit, also where it is as before.
                const QJsonValue now = value(name);
                base_[name] = sent[name];
                edits_[name] = now;
                overtaken_.remove(name);
            }
            settle();
            accept(answer);
            emit fieldsChanged();
        } else {
            failed_ = true;
            put_errors(answer.error, names);
        }
        emit savingChanged();
        if (sending_ == 0 && !failed_) emit saved();
    });
}

/// An error that names none of the fields sent concerns them as a whole: the complaint says it.
void Form::put_errors(const ApiError& error, const QStringList& names) {
    for (const auto& [path, text] : error.fields) {
        // "name" of "name", "permission_overwrites" of "permission_overwrites.0.allow".
        const QString name = path.section(u'.', 0, 0);
        if (!names.contains(name)) continue;
        QVariant& at = errors_[name];
        at = at.toString().isEmpty() ? text : at.toString() + u' ' + text;
    }
    emit errorsChanged();
}

}  // namespace guildhall::client
