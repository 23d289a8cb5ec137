// SPDX-License-Identifier: Apache-2.0
// `-o FORMAT[=FILE]`: which formats a report is written in, where to, and how persons appear in each.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "commands/names.hpp"
#include "report/mask.hpp"

namespace seatlint {

struct OutputOptions {
  std::vector<std::string> wanted;
  std::string group_by;
  bool byte_order_mark = false;
};
void declare_outputs(OptionSet& options, OutputOptions& target);

struct Output {
  std::string format, file;  ///< no file: stdout
};

/// Checked before the work is done: a mistyped format must not cost a minute. Empty where none was asked for.
std::vector<Output> outputs_of(const OutputOptions& options);
bool wants_format(const std::vector<Output>& outputs, std::string_view format);
bool any_to_stdout(const std::vector<Output>& outputs);

/// The report as each way of showing persons has it, made when first asked for.
class MaskedReports {
 public:
  /// All must outlive it.
  MaskedReports(const Report& report, const Fleet& fleet, const NamesChoice& names, std::string_view group_by)
      : report_(report), fleet_(fleet), names_(names), group_by_(group_by) {}
  const Report& operator()(Names names);
  const Report& for_people() { return (*this)(names_.for_people()); }
  const Report& of_format(std::string_view format) { return (*this)(names_.of_format(format)); }

 private:
  const Report& report_;
  const Fleet& fleet_;
  const NamesChoice& names_;
  std::string_view group_by_;
  std::optional<Mask> mask_;
  std::map<Names, Report> made_;
};

/// Writes them all; a file that can't be written does not stop the others. Throws Error for those that failed.
void write_outputs(MaskedReports& reports, const std::vector<Output>& outputs, const OutputOptions& options, Io& io);

}  // namespace seatlint
