// SPDX-License-Identifier: Apache-2.0
// `reason,line,column,file` and then the row's own fields, under a header of its own for each file.
#include "commands/rejects_file.hpp"

#include <fmt/core.h>

#include <filesystem>

#include "commands/session.hpp"

namespace seatlint {

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

RejectsFile::RejectsFile(std::string path, const std::vector<InputFile>& inputs) : path_(std::move(path)) {
  if (path_.empty()) return;
  for (const InputFile& input : inputs) {
    std::error_code ignored;
    if (std::filesystem::equivalent(path_, input.input.path, ignored))
      throw Error(fmt::format("--rejects {} would overwrite a file that is imported", path_));
  }
}

void RejectsFile::add(const Ingested& in) {
  if (path_.empty() || in.rejects.empty()) return;
  text_ += "reason,line,column,file";
  for (const std::string& name : in.header) text_ += "," + csv_field(name);
  text_ += '\n';
  for (const RejectedRow& row : in.rejects) {
    text_ += fmt::format("{},{},{},{}", csv_field(row.reject.reason), row.reject.line, row.reject.column,
                         csv_field(in.file.name));
    for (const std::string& field : row.fields) text_ += "," + csv_field(field);
    text_ += '\n';
  }
}

void RejectsFile::write() const {
  if (!path_.empty()) write_text_file(path_, text_, true);
}

}  // namespace seatlint
