// SPDX-License-Identifier: Apache-2.0
// Renders one report as often as it was asked for; each file is written whole or not at all.
#include "commands/outputs.hpp"

#include <fmt/core.h>

#include <ostream>
#include <sstream>

#include "commands/session.hpp"

namespace seatlint {
namespace {

/// The collector reads it as another user, and nothing personal is in it.
constexpr std::string_view readable_by_all = "prom";

}  // namespace

void declare_outputs(OptionSet& options, OutputOptions& target) {
  options.repeatable("-o,--output", target.wanted, "write this format, to a file where one is named (repeatable)",
                     "FORMAT[=FILE]");
  options.choice("--group-by", target.group_by, {"department", "manager", "product", "role", "cost-center"},
                 "sum the findings by this");
  options.flag("--bom", target.byte_order_mark, "start csv with a byte order mark, which Excel wants");
}

std::vector<Output> outputs_of(const OutputOptions& options) {
  std::vector<Output> outputs;
  for (const std::string& text : options.wanted) {
    const auto equals = text.find('=');
    Output output{text.substr(0, equals), equals == std::string::npos ? "" : text.substr(equals + 1)};
    require_word("format", output.format, report_formats());
    if (equals != std::string::npos && output.file.empty()) throw Error("-o " + text + ": no file is named after =");
    if (output.file == "-") output.file.clear();
    outputs.push_back(std::move(output));
  }
  return outputs;
}

bool wants_format(const std::vector<Output>& outputs, std::string_view format) {
  for (const Output& output : outputs)
    if (output.format == format) return true;
  return false;
}

bool any_to_stdout(const std::vector<Output>& outputs) {
  for (const Output& output : outputs)
    if (output.file.empty()) return true;
  return false;
}

const Report& MaskedReports::operator()(Names names) {
  if (names == Names::show) return report_;
  const auto found = made_.find(names);
  if (found != made_.end()) return found->second;
  if (!mask_) mask_.emplace(fleet_, names_.pseudonyms());
  return made_.emplace(names, mask_->masked(report_, names, group_by_)).first->second;
}

void write_outputs(MaskedReports& reports, const std::vector<Output>& outputs, const OutputOptions& options, Io& io) {
  const RenderOptions to_screen{wants_color(io), io.environment.columns, io.environment.stdout_is_terminal,
                                options.group_by, options.byte_order_mark};
  RenderOptions to_file;
  to_file.group_by = options.group_by;
  to_file.byte_order_mark = options.byte_order_mark;
  std::string failed;
  for (const Output& output : outputs) {
    const Report& shown = reports.of_format(output.format);
    if (output.file.empty()) {
      render(shown, output.format, to_screen, io.out);
      continue;
    }
    std::ostringstream text;
    render(shown, output.format, to_file, text);
    try {
      write_text_file(output.file, text.str(), true, output.format == readable_by_all);
      note(io, fmt::format("wrote {} to {}", output.format, printable(output.file)));
    } catch (const Error& error) {
      failed += (failed.empty() ? "" : "\n") + std::string(error.what());
    }
  }
  if (!failed.empty()) throw Error(failed);
}

}  // namespace seatlint
