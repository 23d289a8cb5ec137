// SPDX-License-Identifier: Apache-2.0
// See user_block.hpp. What columns there are, and their order, is said once for writing and reading: `walk`.
#include "store/user_block.hpp"

#include <algorithm>
#include <bit>

#include "base/leb128.hpp"

namespace seatlint {
namespace {

constexpr std::int64_t first_day = 14610;                       // 2010-01-01
constexpr std::size_t most_text_bytes = std::size_t{64} << 20;  // of a block, and of a list
constexpr std::size_t most_shared = 15;                         // at either end of two texts: half a byte

[[noreturn]] void damaged() { throw Error("the store is damaged: accounts that can't be unpacked; restore a backup"); }

std::uint64_t take(std::string_view& bytes) {
  const auto number = take_number(bytes);
  if (!number) damaged();
  return *number;
}

std::size_t number_of(unsigned part) { return static_cast<std::size_t>(std::countr_zero(part)); }

/// `Row` is UserRow, const where columns are written.
template <typename Row, typename Columns>
void walk(Row& row, Columns& columns) {
  columns.begin(user_part::identity);
  auto& who = row.identity;
  for (auto* text : {&who.id, &who.login, &who.email, &row.shown}) columns.text(*text);
  columns.list(who.aliases);
  for (auto* text : {&who.federation_id, &who.hr_id}) columns.text(*text);
  columns.begin(user_part::person);
  for (auto* text : {&row.name, &row.manager}) columns.text(*text);
  columns.begin(user_part::position);
  for (auto* text : {&row.title, &row.department, &row.cost_center, &row.environment}) columns.text(*text);
  columns.begin(user_part::holdings);
  columns.named(row.state, AccountState::deleted);
  columns.list(row.products, row.has_products);
  columns.list(row.group_products);
  columns.text(row.license_id);
  columns.begin(user_part::rights);
  columns.list(row.roles);
  columns.named(row.account_class, AccountClass::external);
  for (auto* text : {&row.profile_ref, &row.profile_name}) columns.text(*text);
  columns.begin(user_part::days);
  columns.day(row.created);
  columns.activity(row.last_activity);
}

bool has_day(LastActivity::Kind kind) { return kind == LastActivity::Kind::on || kind == LastActivity::Kind::before; }

std::uint64_t packed_day(Day day) { return zigzag(day.days - first_day); }

Day unpacked_day(std::uint64_t packed) {
  const std::int64_t days = first_day + unzigzag(packed);
  if (days < -140'000 || days > 3'000'000) damaged();
  return {static_cast<std::int32_t>(days)};
}

}  // namespace

std::size_t UserBlockWriter::Texts::find_or_add(std::string_view text) {
  const std::uint64_t hash = hash64(text);
  std::size_t slot = hash % slots;
  for (; slots_[slot] != 0; slot = (slot + 1) % slots) {
    const std::size_t index = slots_[slot] - 1u;
    const Known& known = known_[index];
    if (known.hash == hash && this->text(known.place) == text) return count_ - index;
  }
  ++count_;
  kept_ += text;
  if (known_.size() == most) return 0;
  known_.push_back({hash, {kept_.size() - text.size(), text.size()}});
  slots_[slot] = static_cast<std::uint16_t>(known_.size());
  return 0;
}

void UserBlockWriter::Texts::clear() {
  if (count_ == 0) return;
  slots_.fill(0);
  known_.clear();
  kept_.clear();
  count_ = 0;
}

/// The columns of one row, one after the other.
class UserBlockWriter::Columns {
 public:
  explicit Columns(UserBlockWriter& block) : block_(block) {}

  void begin(unsigned part) { texts_ = &block_.texts_[number_of(part)]; }
  void text(const std::string& value) {
    if (std::string* to = next(value.empty())) put(*to, value);
  }
  void text(const std::optional<std::string>& value) {
    if (std::string* to = next(!value)) put(*to, *value);
  }
  void list(const std::vector<std::string>& values) { list(values, !values.empty()); }
  void list(const std::vector<std::string>& values, bool there) {
    std::string* to = next(!there);
    if (to == nullptr) return;
    put_number(*to, values.size() + 1);
    for (const std::string& value : values) put(*to, value);
  }
  template <typename Enum>
  void named(const std::optional<Enum>& value, Enum) {
    if (std::string* to = next(!value)) put_number(*to, static_cast<std::uint64_t>(*value) + 1);
  }
  void day(const std::optional<Day>& value) {
    if (std::string* to = next(!value)) put_number(*to, packed_day(*value) + 1);
  }
  void activity(const LastActivity& value) {
    std::string* to = next(value.kind == LastActivity::Kind::absent);
    if (to == nullptr) return;
    put_number(*to, static_cast<std::uint64_t>(value.kind));
    if (has_day(value.kind)) put_number(*to, packed_day(value.day));
  }

 private:
  /// The next column, ready for this row's value; nullptr where there is none.
  std::string* next(bool none) {
    std::string& column = block_.columns_[at_++];
    if (none) {
      if (!column.empty()) column += '\0';
      return nullptr;
    }
    if (column.empty()) column.append(block_.rows_, '\0');
    return &column;
  }

  /// Into the column that `next` gave.
  void put(std::string& to, std::string_view text) {
    if (const std::size_t back = text.empty() ? 0 : texts_->find_or_add(text); back > 0) {
      put_number(to, 2 * back);
      return;
    }
    Place& newest = block_.newest_[at_ - 1];
    const std::string_view before = texts_->text(newest);
    const std::size_t most = std::min(before.size(), text.size());
    std::size_t begin = 0, end = 0;
    while (begin < std::min(most, most_shared) && text[begin] == before[begin]) ++begin;
    while (end < std::min(most - begin, most_shared) && text[text.size() - 1 - end] == before[before.size() - 1 - end])
      ++end;
    put_number(to, 2 * (text.size() - begin - end) + 1);
    to += static_cast<char>(begin << 4u | end);
    to += text.substr(begin, text.size() - begin - end);
    if (!text.empty()) newest = {texts_->bytes() - text.size(), text.size()};
    block_.bytes_ += text.size();
  }

  UserBlockWriter& block_;
  Texts* texts_ = nullptr;
  std::size_t at_ = 1;  // behind the lines
};

void UserBlockWriter::add(const UserRow& row, std::uint64_t line) {
  if (rows_ == 0) {
    for (std::string& column : columns_) column.clear();
    for (Texts& texts : texts_) texts.clear();
    newest_.fill({});
    first_line_ = line;
    line_ = bytes_ = 0;
  }
  if (line <= line_) throw Error("records of accounts must come in the order of their lines");
  put_number(columns_.front(), line - line_);
  line_ = line;
  Columns columns(*this);
  walk(row, columns);
  ++rows_;
  if (bytes_ > most_text_bytes) throw Error("line " + std::to_string(line) + ": a record of more than 64 MiB");
}

std::string_view UserBlockWriter::take() {
  block_.clear();
  put_number(block_, rows_);
  put_number(block_, bytes_);
  for (const std::string& column : columns_) {
    put_number(block_, column.size());
    block_ += column;
  }
  rows_ = 0;
  return block_;
}

/// The columns of one row, one after the other.
class UserBlockReader::Columns {
 public:
  explicit Columns(UserBlockReader& block) : block_(block) {}

  void begin(unsigned part) {
    wanted_ = (block_.parts_ & part) != 0;
    texts_ = &block_.texts_[number_of(part)];
  }
  template <typename Text>
  void text(Text& into) {
    std::string_view* from = next();
    if (from != nullptr) into = value(*from).value_or(std::string_view());
  }
  template <typename Text>
  void text(std::optional<Text>& into) {
    std::string_view* from = next();
    if (from == nullptr) return;
    const auto found = value(*from);
    into.reset();
    if (found) into.emplace(*found);
  }
  template <typename Text>
  void list(std::vector<Text>& into) {
    bool there = false;
    list(into, there);
  }
  template <typename Text>
  void list(std::vector<Text>& into, bool& there) {
    std::string_view* from = next();
    if (from == nullptr) return;
    const std::uint64_t length = number(*from);
    there = length > 0;
    if (length > from->size() + 1) damaged();
    into.resize(there ? static_cast<std::size_t>(length - 1) : 0);
    std::size_t bytes = 0;
    for (Text& item : into) {
      const auto found = value(*from);
      if (!found || (bytes += found->size()) > most_text_bytes) damaged();
      item = *found;
    }
  }
  template <typename Enum>
  void named(std::optional<Enum>& into, Enum last) {
    std::string_view* from = next();
    if (from == nullptr) return;
    const std::uint64_t found = number(*from);
    if (found > static_cast<std::uint64_t>(last) + 1) damaged();
    into = found == 0 ? std::nullopt : std::optional(static_cast<Enum>(found - 1));
  }
  void day(std::optional<Day>& into) {
    std::string_view* from = next();
    if (from == nullptr) return;
    const std::uint64_t found = number(*from);
    into = found == 0 ? std::nullopt : std::optional(unpacked_day(found - 1));
  }
  void activity(LastActivity& into) {
    std::string_view* from = next();
    if (from == nullptr) return;
    const std::uint64_t kind = number(*from);
    if (kind > static_cast<std::uint64_t>(LastActivity::Kind::before)) damaged();
    into.kind = static_cast<LastActivity::Kind>(kind);
    into.day = has_day(into.kind) ? unpacked_day(take(*from)) : Day{};
  }

 private:
  /// The next column; nullptr where it is not wanted. One without values has an empty view, of which `number` takes 0.
  std::string_view* next() {
    const std::size_t at = at_++;
    if (!wanted_) return nullptr;
    present_ = block_.present_[at];
    return &block_.columns_[at];
  }

  std::uint64_t number(std::string_view& from) const { return present_ ? take(from) : 0; }

  /// nullopt: none.
  std::optional<std::string_view> value(std::string_view& from) {
    const std::uint64_t token = number(from);
    if (token == 0) return std::nullopt;
    const std::uint64_t count = token >> 1u;
    if ((token & 1u) == 0) {
      if (count > texts_->size()) damaged();
      return (*texts_)[texts_->size() - static_cast<std::size_t>(count)];
    }
    if (count >= from.size()) damaged();
    const auto ends = static_cast<unsigned char>(from.front());
    return written_out(from.substr(0, static_cast<std::size_t>(count) + 1), ends >> 4u, ends & 0xFu, from);
  }

  /// `middle` behind a byte, both taken from `from`, between the ends of the text before.
  std::string_view written_out(std::string_view middle, std::size_t begin, std::size_t end, std::string_view& from) {
    from.remove_prefix(middle.size());
    middle.remove_prefix(1);
    std::string_view& newest = block_.newest_[at_ - 1];
    const std::size_t size = begin + middle.size() + end;
    if (begin + end > newest.size() || block_.unpacked_bytes_ + size > block_.text_bytes_) damaged();
    if (size == 0) return {};
    char* const text = block_.unpacked_ + block_.unpacked_bytes_;
    std::copy_n(newest.data(), begin, text);
    std::copy_n(middle.data(), middle.size(), text + begin);
    std::copy_n(newest.data() + newest.size() - end, end, text + begin + middle.size());
    block_.unpacked_bytes_ += size;
    newest = {text, size};
    texts_->push_back(newest);
    return newest;
  }

  UserBlockReader& block_;
  std::vector<std::string_view>* texts_ = nullptr;
  std::size_t at_ = 1;  // behind the lines
  bool wanted_ = false, present_ = false;
};

UserBlockReader::UserBlockReader(std::string_view block, unsigned parts) : parts_(parts) {
  open(block);
  own_.reset(new char[static_cast<std::size_t>(text_bytes_)]);
  unpacked_ = own_.get();
}

UserBlockReader::UserBlockReader(std::string_view block, Arena& memory) : parts_(user_part::all) {
  open(block);
  unpacked_ = memory.room<char>(static_cast<std::size_t>(text_bytes_));
}

void UserBlockReader::open(std::string_view block) {
  rows_left_ = take(block);
  text_bytes_ = take(block);
  if (text_bytes_ > most_text_bytes) damaged();
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const std::uint64_t size = take(block);
    if (size > block.size()) damaged();
    columns_[i] = block.substr(0, static_cast<std::size_t>(size));
    present_[i] = size > 0;
    block.remove_prefix(columns_[i].size());
  }
  if (!block.empty() || rows_left_ == 0) damaged();
}

template <typename Row>
bool UserBlockReader::next_row(Row& row, std::uint64_t& line) {
  if (rows_left_ == 0) return false;
  const std::uint64_t step = take(columns_.front());
  if (step == 0 || step > static_cast<std::uint64_t>(INT64_MAX) - line_) damaged();
  line = line_ += step;
  Columns columns(*this);
  walk(row, columns);
  if (--rows_left_ > 0) return true;
  const bool whole = parts_ == user_part::all;
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (!columns_[i].empty() && (i == 0 || whole)) damaged();
  if (whole && unpacked_bytes_ != text_bytes_) damaged();
  return true;
}

template bool UserBlockReader::next_row(UserRow&, std::uint64_t&);
template bool UserBlockReader::next_row(UserView&, std::uint64_t&);

}  // namespace seatlint
