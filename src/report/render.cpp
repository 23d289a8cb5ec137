// SPDX-License-Identifier: Apache-2.0
// From a format's name to its renderer. The list is generated, so a new format is one file and one word.
#include <algorithm>
#include <ostream>

#include "seatlint/report.hpp"

namespace seatlint {

#define X(name) void render_##name(const Report&, const RenderOptions&, std::ostream&);
#include "formats_table.inc"
#undef X

namespace {

struct Format {
  std::string_view name;
  void (*write)(const Report&, const RenderOptions&, std::ostream&);
};

constexpr Format formats[] = {
#define X(name) {#name, render_##name},
#include "formats_table.inc"
#undef X
};

}  // namespace

std::vector<std::string> report_formats() {
  std::vector<std::string> names;
  for (const Format& format : formats) names.emplace_back(format.name);
  return names;
}

void render(const Report& report, std::string_view format, const RenderOptions& options, std::ostream& out) {
  const auto* found =
      std::find_if(std::begin(formats), std::end(formats), [&](const Format& known) { return known.name == format; });
  if (found != std::end(formats)) return found->write(report, options, out);
  std::string says = "unknown output format '" + printable(format) + "'";
  if (const auto near = nearest(format, report_formats())) says += ", did you mean '" + *near + "'?";
  says += " Known formats:";
  for (const std::string& name : report_formats()) says += " " + name;
  throw Error(says);
}

}  // namespace seatlint
