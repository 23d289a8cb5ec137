// SPDX-License-Identifier: Apache-2.0
// `seatlint inspect`: what import would see in a file, and a profile to start from when it knows no such layout.
#include "commands/inspect.hpp"

#include <fmt/core.h>
#include <malloc.h>

#include <istream>
#include <ostream>
#include <sstream>

#include "commands/describe_file.hpp"
#include "commands/import.hpp"
#include "commands/profile_draft.hpp"
#include "commands/session.hpp"
#include "csv/containers.hpp"

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

/// What is typed or piped in, as it comes.
class StreamSource : public csv::ByteSource {
 public:
  explicit StreamSource(std::istream& in) : in_(in) {}
  std::size_t read(char* buffer, std::size_t capacity) override {
    in_.read(buffer, static_cast<std::streamsize>(capacity));
    return static_cast<std::size_t>(in_.gcount());
  }

 private:
  std::istream& in_;
};

std::unique_ptr<csv::ByteSource> open_one(const std::string& path, Io& io) {
  if (path != "-") return csv::open_file(path);
  return csv::unpacked_source(std::make_unique<StreamSource>(io.in), "standard input", {});
}

/// Doubts about the data end in 2, whatever they are: a script must not try again and again.
int print_rows(const InspectOptions& options, Io& io) {
  try {
    csv::Options csv = csv_options(options.import);
    csv.keep_unterminated = true;
    const auto source = open_one(options.file, io);
    const std::string name = options.file == "-" ? "standard input" : options.file;
    csv::Reader reader(*source, name, csv);
    const csv::RowsResult result = csv::print_rows_json(reader, io.out);
    for (const csv::Problem& problem : result.problems)
      complain(io, fmt::format("{}:{}: column {}: {}", name, problem.line, problem.column, problem.says));
    if (result.problem_count > result.problems.size())
      complain(io, fmt::format("{}: and {} more places", name, result.problem_count - result.problems.size()));
    if (result.guessed_encoding)
      complain(io,
               fmt::format("{}: the encoding {} is a guess; say it with --encoding", name, reader.layout().encoding));
    if (const std::uint64_t lines = reader.layout().preamble_lines; lines > 0)
      complain(io, fmt::format("{}: {} above the table left out", name,
                               lines == 1 ? "line 1" : fmt::format("lines 1-{}", lines)));
    if (result.joined_header)
      complain(
          io, fmt::format("{}: the header stands in {} lines, which are joined", name, reader.layout().header_records));
    return result.doubtful() ? 2 : 0;
  } catch (const Error& error) {
    throw Error(error.what());
  }
}

/// Whether no record at the top is a header some profile knows.
bool layout_is_unknown(csv::Reader& reader, const std::string& name) {
  constexpr int searched_records = 20;
  csv::Record record;
  for (int n = 0; n < searched_records && reader.next(record); ++n)
    if (recognize(builtin_profiles(), {record.fields.begin(), record.fields.end()}, name).profile != nullptr)
      return false;
  return true;
}

/// What import refuses for its header is still a readable file: show it, and how to describe it.
void propose_profile(const FileOutcome& outcome, const InspectOptions& options, Io& io) {
  if (options.file == "-" || !options.import.profile.empty()) return;
  try {
    for (const bool proposing : {false, true}) {
      const auto source = csv::open_file(options.file);
      csv::Reader reader(*source, outcome.name, csv_options(options.import));
      if (!proposing && !layout_is_unknown(reader, outcome.name)) return;
      const auto draft = proposing ? draft_profile(reader) : std::nullopt;
      if (!draft) continue;
      io.out << "# " << printable(outcome.name) << ": " << draft->columns << " columns, " << reader.layout().encoding
             << ". A profile to start from: save it, correct it, and try it with\n"
             << "# seatlint inspect FILE --profile THIS-FILE\n\n"
             << draft->toml;
    }
  } catch (const Error&) {  // not even readable: what import said is all there is to say
  }
}

/// A snapshot without a date is refused by import, but there is more to see in it.
bool describe_undated(const InspectOptions& options, const ImportOptions& import, const Policy& policy, Io& io) {
  if (import.snapshot_date || options.file == "-") return false;
  ImportOptions dated = import;
  dated.snapshot_date = io.environment.today;
  std::ostringstream unheard;
  Io quiet{io.in, io.out, unheard, io.environment, io.globals};
  LazyStore no_store("", io.globals.lock_timeout_ms);
  ImportSummary summary = import_paths(no_store, dated, policy, quiet);
  if (summary.files.size() != 1 || summary.files.front().status == FileStatus::refused) return false;
  summary.files.front().ingested.file.snapshot_date.reset();
  describe_file(io, summary.files.front());
  return true;
}

}  // namespace

int run_inspect(const InspectOptions& options, Io& io) {
  // Large blocks go back to the system at once, so that memory stays bounded whatever the file is like.
  mallopt(M_MMAP_THRESHOLD, 128 << 10);
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
      if (summary.files.size() > 1 || !describe_undated(options, import, policy, io))
        propose_profile(outcome, options, io);
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
