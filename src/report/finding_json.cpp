// SPDX-License-Identifier: Apache-2.0
// Lines about seats as JSON text, written straight into a buffer: a fleet has hundreds of thousands of them.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "report/json_text.hpp"

namespace seatlint {
namespace {

/// 0: stands for itself, 1: behind a backslash, 2: left to the JSON library.
constexpr std::array<std::uint8_t, 256> spelling = [] {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t c = 0; c < table.size(); ++c) table[c] = c < 0x20 || c >= 0x7F ? 2 : c == '"' || c == '\\' ? 1 : 0;
  return table;
}();

/// Whether eight bytes all stand for themselves: the common case, without a look at each.
bool is_plain(const char* eight) {
  constexpr std::uint64_t ones = 0x0101010101010101u, tops = ones * 0x80;
  std::uint64_t word = 0;
  std::memcpy(&word, eight, sizeof word);
  const auto holds = [&](std::uint64_t c) {
    const std::uint64_t zero = word ^ (ones * c);
    return (zero - ones) & ~zero;
  };
  const std::uint64_t control = (word - ones * 0x20) & ~word;
  return ((word | control | holds('"') | holds('\\') | holds(0x7F)) & tops) == 0;
}

class LineWriter {
 public:
  LineWriter(std::string& out, bool ascii) : out_(out), ascii_(ascii) {}

  void write(const Finding& finding) {
    key("{\"rule\":").text(finding.rule);
    key(",\"code\":").text(finding.code);
    key(",\"family\":").text_or_null(finding.family == Family::none ? std::string_view() : to_string(finding.family));
    key(",\"severity\":").text(to_string(finding.severity));
    key(",\"certainty\":").text(finding.certainty);
    key(",\"org\":").text(finding.org);
    key(",\"account\":").text_or_null(finding.account);
    key(",\"user\":").text(finding.user);
    key(",\"department\":").text(finding.department);
    key(",\"product\":").text_or_null(finding.product);
    key(",\"cost\":").money(finding.cost);
    key(",\"saving\":").money(finding.saving);
    key(",\"suggest\":").texts(finding.suggest);
    key(",\"last_activity\":").day(finding.last_activity);
    key(",\"days_used\":").number(finding.days_used);
    key(",\"why\":").text(finding.why);
    key(",\"evidence\":").evidence(finding.evidence);
    key(",\"waived\":").waiver(finding.waived.get());
    write_more(finding);
    out_ += '}';
  }

  void write(const BorderlineSeat& seat) {
    key("{\"org\":").text(seat.org);
    key(",\"account\":").text_or_null(seat.account);
    key(",\"user\":").text(seat.user);
    key(",\"product\":").text(seat.product);
    key(",\"verdict\":").text(seat.verdict);
    key(",\"becomes\":").text(seat.becomes);
    key(",\"setting\":").text(seat.setting);
    key(",\"value\":").number(seat.value);
    key(",\"flips_at\":").number(seat.flips_at);
    key(",\"last_activity\":").day(seat.last_activity);
    out_ += '}';
  }

 private:
  /// What the contract does not name.
  void write_more(const Finding& finding) {
    key(",\"name\":").text(finding.name);
    key(",\"title\":").text(finding.title);
    key(",\"manager\":").text(finding.manager);
    key(",\"cost_center\":").text(finding.cost_center);
    key(",\"role\":").text_or_null(finding.role);
    key(",\"product_name\":").text_or_null(finding.product_name);
    key(",\"suggest_cost\":").money(finding.suggest_cost);
    key(",\"notes\":").texts(finding.notes);
    key(",\"new\":");
    out_ += !finding.is_new ? "null" : *finding.is_new ? "true" : "false";
    key(",\"count\":").number(finding.count);
  }

  LineWriter& key(std::string_view spelled) {
    out_ += spelled;
    return *this;
  }

  void text(std::string_view value) {
    std::size_t plain = 0;
    while (plain + 8 <= value.size() && is_plain(value.data() + plain)) plain += 8;
    while (plain < value.size() && spelling[static_cast<unsigned char>(value[plain])] == 0) ++plain;
    if (plain < value.size()) return escaped(value);
    const std::size_t start = out_.size();
    out_.resize(start + value.size() + 2, '"');
    value.copy(out_.data() + start + 1, value.size());
  }

  void escaped(std::string_view value) {
    const auto spelled = [](char c) { return spelling[static_cast<unsigned char>(c)]; };
    if (std::any_of(value.begin(), value.end(), [&](char c) { return spelled(c) == 2; })) {
      out_ += json_string(value, ascii_);
      return;
    }
    out_ += '"';
    for (const char c : value) {
      if (spelled(c) == 1) out_ += '\\';
      out_ += c;
    }
    out_ += '"';
  }

  void text_or_null(std::string_view value) {
    if (value.empty()) {
      out_ += "null";
    } else {
      text(value);
    }
  }

  void number(std::int64_t value) {
    std::array<char, 24> digits{};
    out_.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
  }

  void money(const std::optional<Money>& value) {
    if (!value) return text_or_null({});
    key("{\"minor\":").number(value->minor);
    key(",\"currency\":").text(value->currency);
    out_ += '}';
  }

  void day(const std::optional<Day>& value) { text_or_null(value ? to_string(*value) : std::string()); }

  void texts(const std::vector<std::string>& values) {
    out_ += '[';
    for (const std::string& value : values) {
      if (&value != &values.front()) out_ += ',';
      text(value);
    }
    out_ += ']';
  }

  void evidence(const std::vector<EvidenceLine>& lines) {
    out_ += '[';
    for (const EvidenceLine& line : lines) {
      key(&line == &lines.front() ? "{\"file\":" : ",{\"file\":").text(line.file);
      key(",\"line\":").number(static_cast<std::int64_t>(line.line));
      key(",\"says\":").text(line.says);
      out_ += '}';
    }
    out_ += ']';
  }

  void waiver(const WaivedBy* waived) {
    if (waived == nullptr) return text_or_null({});
    key("{\"until\":").text(to_string(waived->until));
    key(",\"reason\":").text(waived->reason);
    key(",\"owner\":").text(waived->owner);
    out_ += '}';
  }

  std::string& out_;
  bool ascii_;
};

}  // namespace

void append_finding_json(std::string& out, const Finding& finding, bool ascii) {
  LineWriter(out, ascii).write(finding);
}

void append_borderline_json(std::string& out, const BorderlineSeat& seat, bool ascii) {
  LineWriter(out, ascii).write(seat);
}

}  // namespace seatlint
