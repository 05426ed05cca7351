#pragma once
// Shift: a change of rows that must not move what is in view. Lives in one function; GUI thread.

#include "client-qml/timeline/timeline_model.h"

namespace guildhall::client {

class TimelineModel::Shift final {
  public:
    explicit Shift(TimelineModel& model) : model_(model) {
        if (model_.shifts_++ == 0 && !model_.following_) emit model_.shifting();
    }
    ~Shift() {
        if (--model_.shifts_ == 0 && !model_.following_) emit model_.shifted();
    }
    Shift(const Shift&) = delete;
    Shift& operator=(const Shift&) = delete;

  private:
    TimelineModel& model_;
};

}  // namespace guildhall::client
