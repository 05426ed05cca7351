#pragma once
// Ledger: what people of a run asked for and what they were told, message by message; against it
// the logs are held at the end. Texts are unique and name their message, so that a message that was
// stored twice, or under another text than was acknowledged, shows. One thread.

#include "node/base/clock.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::sim {

/// What is known of something that was asked for.
enum class Known : std::uint8_t {
    asked,   ///< No answer, or one that says that nobody knows: it may have happened.
    done,    ///< Acknowledged.
    refused  ///< It did not happen.
};

struct Said {
    std::uint64_t number = 0;
    std::size_t author = 0;
    std::string channel;
    std::string id;
    Known posted = Known::asked;
    bool retried = false;
    /// It was said again, and that was refused: nobody will learn of it.
    bool given_up = false;
    /// Texts that it may have, the newest that was acknowledged first; later ones are unsure.
    std::vector<std::string> texts;
    /// Texts that it had, each acknowledged in its time.
    std::vector<std::string> past;
    /// What was uploaded with it; empty: nothing.
    std::string file;
    std::optional<Known> deleted;
    /// Its author was banned, and what they said with them: it may be gone.
    bool swept = false;
    /// Of the newest answer; 0: none came.
    int last_status = 0;
    std::string last_answer;
    /// When it was first said.
    base::Nanos since{};
    /// Something about it is under way.
    bool busy = false;
};

class Ledger {
  public:
    Said& add(std::size_t author, std::string channel);
    Said& at(std::uint64_t number) { return said_.at(number); }
    std::map<std::uint64_t, Said>& all() { return said_; }
    /// The channel went away, and all in it.
    void forget_channel(const std::string& channel);

    /// Holds what a channel has (id and text, in order) against what is known of it; what is wrong,
    /// or nothing.
    std::string check(const std::string& channel,
                      const std::vector<std::pair<std::string, std::string>>& kept) const;

  private:
    std::map<std::uint64_t, Said> said_;
};

/// The number that a text of the ledger names; 0: none.
std::uint64_t number_of(std::string_view text);

}  // namespace guildhall::sim
