#pragma once
// Clock and Rng: the only sources of time and chance for what decides by them, so that tests can
// set both. An owner hands out references that outlive every user. Any thread.

#include <QtGlobal>

namespace guildhall::client {

class Clock {
  public:
    virtual ~Clock() = default;
    /// Wall clock: milliseconds since 1970, as people see it.
    virtual qint64 now_ms() const = 0;
    /// Never steps: for waits and deadlines.
    virtual qint64 steady_ms() const = 0;
};

class Rng {
  public:
    virtual ~Rng() = default;
    /// Uniform in [0, below); 0 where below is 0.
    virtual quint32 next(quint32 below) = 0;
};

class SystemClock final : public Clock {
  public:
    qint64 now_ms() const override;
    qint64 steady_ms() const override;
};

class SystemRng final : public Rng {
  public:
    quint32 next(quint32 below) override;
};

}  // namespace guildhall::client
