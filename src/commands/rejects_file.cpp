// SPDX-License-Identifier: Apache-2.0
// `reason,line,column,file` and then the row's own fields, in the file's own delimiter, so that a profile that fixes
// one still fits. Files with one header share it; another header begins another table, which import names and leaves.
#include "commands/rejects_file.hpp"

#include <fmt/core.h>

#include <filesystem>

#include "commands/session.hpp"

namespace seatlint {

std::string csv_field(std::string_view text, char delimiter) {
  if (text.find(delimiter) == std::string_view::npos && text.find_first_of("\"\r\n") == std::string_view::npos)
    return std::string(text);
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

std::uint64_t RejectsFile::add(const Ingested& in) {
  if (path_.empty() || in.rejects.empty()) return 0;
  const char delimiter = in.layout.dialect.delimiter;
  const auto line = [&](std::vector<std::string> fields, const std::vector<std::string>& more) {
    fields.insert(fields.end(), more.begin(), more.end());
    std::string text;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (i > 0) text += delimiter;
      text += csv_field(fields[i], delimiter);
    }
    return text + '\n';
  };
  const std::string header = line({"reason", "line", "column", "file"}, in.header);
  if (header != header_) text_ += (text_.empty() ? "" : "\n\n") + header;
  header_ = header;
  for (const RejectedRow& row : in.rejects)
    text_ += line({row.reject.reason, std::to_string(row.reject.line), std::to_string(row.reject.column), in.file.name},
                  row.fields);
  return in.file.rows.rejected - in.rejects.size();
}

void RejectsFile::write() const {
  if (!path_.empty()) write_text_file(path_, text_, true);
}

}  // namespace seatlint
