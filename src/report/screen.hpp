// SPDX-License-Identifier: Apache-2.0
// The terminal as the table format sees it, and the sections of that format in the order they appear.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "report/layout.hpp"
#include "seatlint/report.hpp"

namespace seatlint {

/// Everything the table format writes goes through here: made safe to print, in color only where asked for.
class Screen {
 public:
  Screen(std::ostream& out, const RenderOptions& options);
  int width() const { return width_; }
  bool wide() const { return width_ >= 120; }
  void blank();
  /// A section's title, with a remark behind it.
  void heading(std::string_view title, std::string_view remark = {});
  void line(const Cells& cells);
  /// `text` wrapped behind a label; the following lines hang under the first.
  void labeled(const Cell& label, int label_width, std::string_view text, Paint paint = Paint::plain);
  void table(const TextTable& table, int indent = 2, int gap = 2);

 private:
  std::ostream& out_;
  bool color_;
  int width_;
};

/// Product names without the words that all of them begin with and other boilerplate, where columns are scarce.
class ProductNames {
 public:
  ProductNames(const Report& report, bool shorten);
  const std::string& dropped() const { return dropped_; }
  std::string operator()(std::string_view name) const;

 private:
  bool shorten_;
  std::string dropped_;  ///< with its trailing blank, or empty
};

Paint paint_of(Severity severity);

void show_sources(Screen& screen, const Report& report);
void show_headline(Screen& screen, const Report& report);
void show_money(Screen& screen, const Report& report);
void show_licenses(Screen& screen, const Report& report);
void show_verdicts(Screen& screen, const Report& report);
void show_findings(Screen& screen, const Report& report, std::string_view group_by);
void show_borderline(Screen& screen, const Report& report);
void show_doubts(Screen& screen, const Report& report);
void show_next(Screen& screen, const Report& report);

}  // namespace seatlint
