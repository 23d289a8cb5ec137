// SPDX-License-Identifier: Apache-2.0
// Walks folders in path order. What is no export by its name is reported as ignored, never silently dropped.
#include "commands/import_inputs.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace seatlint {
namespace {

namespace fs = std::filesystem;

bool looks_like_export(const fs::path& path) {
  constexpr std::array<std::string_view, 6> endings{".csv", ".tsv", ".txt", ".tab", ".gz", ".zip"};
  const std::string ending = fold_case(path.extension().string());
  return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

/// All regular files below, sorted; hidden ones (version control, desktop metadata) are nobody's exports.
std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  fs::recursive_directory_iterator walk(folder, error);
  for (; !error && walk != fs::recursive_directory_iterator(); walk.increment(error)) {
    const bool hidden = walk->path().filename().string().starts_with('.');
    std::error_code ignored;
    if (hidden && walk->is_directory(ignored)) walk.disable_recursion_pending();
    if (!hidden && walk->is_regular_file(ignored)) files.push_back(walk->path());
  }
  if (error) throw Error(folder.string() + ": can't read this folder: " + error.message());
  std::sort(files.begin(), files.end());
  return files;
}

void add_file(std::vector<InputFile>& found, const fs::path& path, const std::string& name) {
  try {
    std::vector<std::string> others;
    for (const csv::Input& input : csv::inputs_of(path.string(), {}, &others))
      found.push_back({input, input.member.empty() ? name : name + "/" + input.member, {}, {}, false});
    for (const std::string& other : others)
      found.push_back(
          {{path.string(), other}, name + "/" + other, "not named like an export (.csv .tsv .txt .tab)", {}, false});
  } catch (const Error& error) {
    found.push_back({{path.string(), {}}, name, {}, error.what(), false});
  }
}

void add_folder(std::vector<InputFile>& found, const fs::path& folder) {
  std::vector<fs::path> files;
  try {
    files = files_below(folder);
  } catch (const Error& error) {
    found.push_back({{folder.string(), {}}, folder.string(), {}, error.what(), false});
    return;
  }
  const std::size_t before = found.size();
  for (const fs::path& file : files) {
    const std::string name = file.lexically_relative(folder).generic_string();
    if (looks_like_export(file)) {
      add_file(found, file, name);
    } else {
      found.push_back(
          {{file.string(), {}}, name, "not named like an export (.csv .tsv .txt .tab .gz .zip)", {}, false});
    }
  }
  if (found.size() == before)
    found.push_back(
        {{folder.string(), {}}, folder.string(), {}, folder.string() + ": there is no file in this folder", false});
}

}  // namespace

std::vector<InputFile> expand_inputs(const std::vector<std::string>& paths) {
  std::vector<InputFile> found;
  for (const std::string& path : paths) {
    std::error_code ignored;
    if (path == "-") {
      found.push_back({{"-", {}}, "standard input", {}, {}, true});
    } else if (fs::is_directory(path, ignored)) {
      add_folder(found, path);
    } else {
      add_file(found, path, fs::path(path).filename().string());
    }
  }
  return found;
}

}  // namespace seatlint
