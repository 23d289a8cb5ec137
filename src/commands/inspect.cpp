// SPDX-License-Identifier: Apache-2.0
// `seatlint inspect`: what import would see in a file, and a profile to start from when it knows no such layout.
#include "commands/inspect.hpp"

#include <fmt/core.h>

#include <iterator>
#include <ostream>

#include "commands/describe_file.hpp"
#include "commands/import.hpp"
#include "commands/import_inputs.hpp"
#include "commands/profile_draft.hpp"
#include "commands/session.hpp"

namespace seatlint {
namespace {

constexpr std::size_t sample_rows = 5;

void declare(OptionSet& set, InspectOptions& options) {
  set.positional("FILE", options.file, "an export: a file, a .zip archive, or - for standard input");
  declare_reading_options(set, options.import);
  set.choice("--rows", options.rows, {"json"},
             "print every record, header first, as one JSON array of strings a line, and nothing else");
}

csv::Options csv_options(const ImportOptions& options) {
  csv::Options csv;
  if (!options.delimiter.empty()) csv.delimiter = parse_delimiter(options.delimiter);
  if (!options.encoding.empty()) csv.encoding = options.encoding;
  return csv;
}

std::unique_ptr<csv::ByteSource> open_one(const std::string& path, std::string& standard_input, Io& io) {
  if (path != "-") return csv::open_file(path);
  standard_input.assign(std::istreambuf_iterator<char>(io.in), {});
  return csv::memory_source(standard_input);
}

/// Doubts about the data end in 2, whatever they are: a script must not try again and again.
int print_rows(const InspectOptions& options, Io& io) {
  try {
    csv::Options csv = csv_options(options.import);
    csv.keep_unterminated = true;
    std::string standard_input;
    const auto source = open_one(options.file, standard_input, io);
    const std::string name = options.file == "-" ? "standard input" : options.file;
    csv::Reader reader(*source, name, csv);
    const csv::RowsResult result = csv::print_rows_json(reader, io.out);
    for (const csv::Problem& problem : result.problems)
      complain(io, fmt::format("{}:{}: column {}: {}", name, problem.line, problem.column, problem.says));
    if (result.problem_count > result.problems.size())
      complain(io, fmt::format("{}: and {} more places", name, result.problem_count - result.problems.size()));
    if (result.guessed_encoding)
      complain(io, fmt::format("{}: the encoding {} is a guess; say it with --encoding", name, reader.layout().encoding));
    return result.doubtful() ? 2 : 0;
  } catch (const Error& error) {
    throw Error(error.what());
  }
}

/// What import refused for its header is still a readable file: show it, and how to describe it.
void propose_profile(const FileOutcome& outcome, const InspectOptions& options, Io& io) {
  std::string standard_input;
  if (options.file == "-" || options.file.ends_with(".zip")) return;
  const auto source = open_one(options.file, standard_input, io);
  csv::Reader reader(*source, outcome.name, csv_options(options.import));
  const auto draft = draft_profile(reader, outcome.name);
  if (!draft) return;
  io.out << "# " << printable(outcome.name) << ": " << draft->columns << " columns, no known layout. A profile to start from:\n"
         << "# save it as my-profile.toml, correct it, and run: seatlint inspect FILE --profile my-profile.toml\n\n"
         << draft->toml;
}

}  // namespace

int run_inspect(const InspectOptions& options, Io& io) {
  if (options.rows == "json") return print_rows(options, io);
  ImportOptions import = options.import;
  import.paths = {options.file};
  import.dry_run = true;
  import.sample_rows = sample_rows;
  import.max_rejects = "100%";
  Catalog catalog = builtin_catalog();
  const Policy policy = load_policy(io, catalog);
  LazyStore no_store("", io.globals.lock_timeout_ms);
  const ImportSummary summary = import_paths(no_store, import, policy, io);
  bool first = true;
  for (const FileOutcome& outcome : summary.files) {
    if (outcome.status == FileStatus::refused) {
      if (outcome.unknown_layout) propose_profile(outcome, options, io);
      continue;
    }
    if (!first) io.out << '\n';
    first = false;
    describe_file(io, outcome);
  }
  return summary.exit_code;
}

std::unique_ptr<Command> inspect_command() {
  return make_command<InspectOptions>(
      {"inspect", "what import would see in a file",
       "seatlint inspect users.csv                          encoding, profile, columns, rows, problems\n"
       "seatlint inspect unknown.csv > my-profile.toml      a profile to start from\n"
       "seatlint inspect crm.csv --profile my-profile.toml  try it\n"
       "seatlint inspect users.csv --rows json              every record, for scripts"},
      declare, run_inspect);
}

}  // namespace seatlint
