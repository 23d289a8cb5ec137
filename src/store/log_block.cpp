// SPDX-License-Identifier: Apache-2.0
// See log_block.hpp.
#include "store/log_block.hpp"

#include <algorithm>
#include <array>

#include "base/leb128.hpp"
#include "seatlint/base.hpp"

namespace seatlint {
namespace {

[[noreturn]] void log_damaged() { throw Error("the store is damaged: a log that can't be unpacked; restore a backup"); }

}  // namespace

void LogBlockWriter::add(const LogRow& row) {
  if (empty()) first_actor_ = row.actor, actor_ = 0;
  if (row.actor < actor_ || (row.actor == actor_ && !empty()))
    throw Error("identities of a log must come in the order of their numbers");
  const std::array texts{row.id, row.login, row.email, row.facts};
  std::size_t size = (1 + texts.size()) * longest_number;
  for (const std::string_view text : texts) size += text.size();
  char* at = put_number(bytes_.room(size), static_cast<std::uint64_t>(row.actor - actor_));
  actor_ = row.actor;
  for (const std::string_view text : texts) at = put_number(at, text.size());
  for (const std::string_view text : texts) at = std::copy(text.begin(), text.end(), at);
  bytes_.end_at(at);
}

std::uint64_t LogBlockReader::number() {
  const auto number = take_number(rest_);
  if (!number) log_damaged();
  return *number;
}

bool LogBlockReader::next(LogRow& row) {
  if (rest_.empty()) return false;
  const bool first = actor_ < 0;
  const std::int64_t before = first ? 0 : actor_;
  const std::uint64_t step = number();
  if ((step == 0 && !first) || step > static_cast<std::uint64_t>(INT64_MAX - before)) log_damaged();
  row.actor = actor_ = before + static_cast<std::int64_t>(step);
  std::array<std::uint64_t, 4> sizes{};
  for (std::uint64_t& size : sizes) size = number();
  std::size_t at = 0;
  for (std::string_view* text : {&row.id, &row.login, &row.email, &row.facts}) {
    const std::uint64_t size = sizes[at++];
    if (size > rest_.size()) log_damaged();
    *text = rest_.substr(0, static_cast<std::size_t>(size));
    rest_.remove_prefix(text->size());
  }
  return true;
}

}  // namespace seatlint
