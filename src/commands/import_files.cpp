// SPDX-License-Identifier: Apache-2.0
// The walk over many files: what is known already, whose org it is, whether it may be stored, and what went wrong.
#include "commands/import_files.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <tuple>
#include <type_traits>

#include "commands/import_inputs.hpp"
#include "commands/import_limits.hpp"
#include "commands/progress.hpp"
#include "commands/prune.hpp"
#include "commands/rejects_file.hpp"
#include "commands/session.hpp"
#include "seatlint/concealed.hpp"
#include "store/tombstones.hpp"

namespace seatlint {
namespace {

namespace fs = std::filesystem;

/// A snapshot that lost this share of its rows since the one before is more often a filtered export than a layoff.
constexpr std::uint64_t shrink_percent = 30, shrink_least_rows = 10;

/// A reason or warning may quote a cell, and a cell may name somebody.
std::string without_quotes(const std::string& reason) {
  std::string result;
  bool inside = false;
  for (const char c : reason) {
    if (c == '"') result += inside ? "...\"" : "\"";
    if (c == '"') inside = !inside;
    if (c != '"' && !inside) result += c;
  }
  return result;
}

std::string tell_rejects(const Ingested& in) {
  const RowCounts& rows = in.file.rows;
  std::string says = fmt::format("{}: {} of {} rows rejected", in.file.name, rows.rejected, rows.read);
  if (!in.rejects.empty()) {
    const Reject& first = in.rejects.front().reject;
    says += fmt::format(", the first on line {}", first.line);
    if (first.column != 0) says += fmt::format(" (column {})", first.column);
    says += ": " + first.reason;
  }
  return says +
         fmt::format("; nothing was stored. Look at them with --rejects FILE; --max-rejects {} stores the others",
                     rows.rejected);
}

/// Nothing of the file was stored: the good rows are no stored ones.
void count_as_not_stored(ImportedFile& file) {
  if (file.rows.stored == 0) return;
  file.rows.skipped += file.rows.stored;
  file.skipped["file not stored"] += file.rows.stored;
  file.rows.stored = 0;
}

void count_as_known(ImportedFile& file) {
  file.rows = {file.rows.read, 0, 0, 0, file.rows.read};
  file.skipped.clear();
}

class ImportRun {
 public:
  ImportRun(LazyStore& store, const ImportOptions& options, const Policy& policy, Io& io)
      : store_(store), options_(options), policy_(policy), io_(io), limit_(parse_limit(options.max_rejects)) {
    if (!options.memory.empty()) memory_ = parse_memory(options.memory);
    if (!options.profile.empty()) given_profile_.push_back(profile_named(options.profile));
    if (!options.covers.empty()) covers_ = parse_period(options.covers);
    if (options.snapshot_date && *options.snapshot_date > io.environment.today + 1)
      throw Error(fmt::format("--snapshot-date {} lies in the future", to_string(*options.snapshot_date)));
    if (printable(options.org) != options.org) throw Error("--org: a name of printable characters is wanted");
    if (!options.delimiter.empty()) csv_.delimiter = parse_delimiter(options.delimiter);
    if (!options.encoding.empty()) csv_.encoding = options.encoding;
    keep_from_ = first_kept_day(policy.privacy.keep, io.environment.today);
  }

  ImportSummary run() {
    const std::vector<InputFile> inputs = expand_inputs(options_.paths);
    RejectsFile rejects(options_.rejects, inputs);
    check_zone();
    if (const Store* store = existing()) forgotten_.emplace(*store);
    for (const InputFile& input : inputs) {
      FileOutcome outcome = one(input);
      if (const auto left_out = rejects.add(outcome.ingested); left_out > 0)
        io_.err << fmt::format("seatlint: --rejects has the first {} rejected rows of {}, {} more are left out\n",
                               outcome.ingested.rejects.size(), printable(outcome.name), left_out);
      summary_.exit_code = std::max(summary_.exit_code, outcome.exit_code);
      summary_.files.push_back(std::move(outcome));
      if (store_failed_) break;
    }
    rejects.write();
    finish();
    return std::move(summary_);
  }

 private:
  Store* existing() { return store_.existing(options_.dry_run); }

  void check_zone() {
    Store* store = existing();
    if (store == nullptr) return;
    const auto zone = store->setting("timezone");
    if (zone && *zone != policy_.timezone)
      throw Error(
          fmt::format("the store {} keeps calendar days of {}, but the policy says {}; set timezone = \"{}\" in "
                      "seatlint.toml, or import into another store with --db FILE",
                      store->path(), *zone, policy_.timezone, *zone));
  }

  FileOutcome one(const InputFile& input) {
    FileOutcome outcome;
    outcome.name = input.name;
    outcome.ingested.file.name = input.name;
    if (!input.ignored.empty()) {
      outcome.status = FileStatus::ignored;
      outcome.message = input.ignored;
      return outcome;
    }
    try {
      if (!input.refused.empty()) throw Error(input.refused);
      if (const auto known = known_already(input)) {
        outcome.status = FileStatus::known;
        outcome.ingested.file = *known;
        outcome.ingested.file.name = input.name;
        count_as_known(outcome.ingested.file);
        if (covers_ && known->covers != covers_)
          note(io_, input.name + ": known already, so --covers changes nothing of it");
      } else {
        load(input, outcome);
      }
    } catch (const Error& error) {
      refuse(outcome, error);
    }
    outcome.ingested.actions = {};
    return outcome;
  }

  void refuse(FileOutcome& outcome, const Error& error) {
    const std::string says = error.what();
    const bool named = says.find(outcome.name) != std::string::npos || store_failed_;
    outcome.status = FileStatus::refused;
    outcome.message = named ? says : outcome.name + ": " + says;
    outcome.exit_code = static_cast<int>(error.kind());
    count_as_not_stored(outcome.ingested.file);
    complain(io_, outcome.message);
  }

  /// The digest of what is stored under this path, without reading large files for nothing: unset when no file of
  /// this size was imported.
  std::optional<std::string> digest_if_size_known(const InputFile& input, const Store& store) const {
    if (input.standard_input) return std::nullopt;  // known only once it was read
    const bool compressed = !input.input.member.empty() || fold_case(input.input.path).ends_with(".gz");
    std::error_code error;
    if (!compressed && !store.has_file_of_size(fs::file_size(input.input.path, error))) return std::nullopt;
    Sha256 digest;
    const auto source = csv::open_input(input.input, &digest);
    std::array<char, 1 << 16> buffer;
    while (source->read(buffer.data(), buffer.size()) != 0) {
    }
    return digest.hex();
  }

  /// The ledger line of the very same file, if the options given lead to the same org, profile and date.
  std::optional<ImportedFile> known_already(const InputFile& input) {
    Store* store = existing();
    if (store == nullptr) return std::nullopt;
    const auto digest = digest_if_size_known(input, *store);
    if (!digest) return std::nullopt;
    for (const ImportedFile& file : store->files()) {
      if (file.sha256 != *digest) continue;
      if (!options_.org.empty() && options_.org != file.org) continue;
      if (!given_profile_.empty() && given_profile_.front().name != file.profile) continue;
      if (options_.snapshot_date && file.snapshot_date && *options_.snapshot_date != *file.snapshot_date) continue;
      return file;
    }
    return std::nullopt;
  }

  IngestRequest request_for(const InputFile& input) const {
    IngestRequest request;
    request.input = input.input;
    request.name = input.name;
    if (input.standard_input) request.standard_input = &io_.in;
    request.profiles = given_profile_.empty() ? &builtin_profiles() : &given_profile_;
    request.profile_given = !given_profile_.empty();
    request.csv = csv_;
    request.decode.policy_zone = policy_.timezone;
    if (!options_.timezone.empty()) request.decode.source_zone = options_.timezone;
    request.decode.alias_domains = policy_.alias_domains;
    request.snapshot_date = options_.snapshot_date;
    request.covers = covers_;
    request.forgotten = forgotten_ && !forgotten_->empty() ? &*forgotten_ : nullptr;
    request.keep_from = keep_from_;
    if (memory_) request.memory = *memory_;
    request.sample_rows = policy_.privacy.names == "show" ? options_.sample_rows : 0;
    return request;
  }

  /// Nobody watches a pipe, and --quiet asked for silence.
  std::unique_ptr<Progress> watched(const InputFile& input, IngestRequest& request) const {
    if (!io_.environment.stderr_is_terminal || io_.globals.quiet) return nullptr;
    std::error_code error;
    std::optional<std::uint64_t> total;
    if (!input.standard_input && input.input.member.empty() && fs::path(input.input.path).extension() != ".gz")
      total = fs::file_size(input.input.path, error);
    if (error) total.reset();
    auto progress = std::make_unique<Progress>(io_.err, input.name, total, io_.environment.columns);
    request.on_bytes = [shown = progress.get()](std::uint64_t bytes) { shown->at(bytes); };
    return progress;
  }

  void load(const InputFile& input, FileOutcome& outcome) {
    IngestRequest request = request_for(input);
    const auto progress = watched(input, request);
    if (options_.dry_run) {
      outcome.ingested = ingest(request, nullptr);
      settle(outcome, existing());
      return;
    }
    Store& store = of_store([&]() -> Store& { return store_.writable(); });
    const auto session = of_store([&] { return std::make_unique<ImportSession>(store); });
    outcome.ingested = ingest(request, session.get());
    settle(outcome, &store);
    if (outcome.status != FileStatus::stored) return;
    of_store([&] {
      store.set_setting("timezone", policy_.timezone);
      session->commit(outcome.ingested.file, outcome.ingested.actions);
    });
  }

  /// A store that fails for one file fails for all: the run ends there.
  template <typename Work>
  std::invoke_result_t<Work> of_store(Work work) {
    try {
      return work();
    } catch (const Error&) {
      store_failed_ = true;
      throw;
    }
  }

  void settle(FileOutcome& outcome, Store* store) {
    ImportedFile& file = outcome.ingested.file;
    if (policy_.privacy.names != "show") {
      for (auto& rejected : outcome.ingested.rejects) rejected.reject.reason = without_quotes(rejected.reject.reason);
      for (std::string& warning : file.warnings) warning = without_quotes(warning);
    }
    file.org = org_of(outcome.ingested, store);
    refuse_other_tenant(file, store);
    const auto identity = std::tuple(file.sha256, file.org, file.profile, file.snapshot_date);
    const bool seen = std::find(seen_.begin(), seen_.end(), identity) != seen_.end();
    if (seen || (store != nullptr && store->knows(file.sha256, file.org, file.profile, file.snapshot_date))) {
      outcome.status = FileStatus::known;
      count_as_known(file);
      return;
    }
    if (!limit_.allows(file.rows)) {
      outcome.status = FileStatus::rejected;
      outcome.exit_code = 1;
      outcome.message = tell_rejects(outcome.ingested);
      count_as_not_stored(file);
      complain(io_, outcome.message);
      return;
    }
    refuse_shrunk(file, store);
    if (options_.dry_run) seen_.push_back(identity);
  }

  std::string org_of(const Ingested& in, const Store* store) const {
    if (!options_.org.empty()) return options_.org;
    if (store == nullptr) return "default";
    if (!in.file.tenant.empty())
      if (const auto org = store->org_of_tenant(in.file.vendor, in.file.tenant)) return *org;
    const auto orgs = store->orgs();
    if (std::any_of(orgs.begin(), orgs.end(), [](const std::string& org) { return org != "default"; }))
      if (const auto org = store->org_knowing(in.identities)) return *org;
    return "default";
  }

  static void refuse_other_tenant(const ImportedFile& file, const Store* store) {
    if (store == nullptr || file.tenant.empty()) return;
    const auto tenant = store->tenant_of_org(file.vendor, file.org);
    if (tenant && *tenant != file.tenant)
      throw Error(
          fmt::format("{}: it is of {} tenant {}, but org \"{}\" is tenant {}; import it into an org of its "
                      "own with --org NAME",
                      file.name, file.vendor, file.tenant, file.org, *tenant));
  }

  void refuse_shrunk(ImportedFile& file, const Store* store) const {
    const bool snapshot = file.kind == RecordKind::users || file.kind == RecordKind::assignments;
    if (store == nullptr || !snapshot || !file.snapshot_date) return;
    if (file.skipped.count(std::string(concealed_reason)) != 0) return;
    // Rows put right after they were rejected, and the parts of a split export, complete what is there of that day.
    std::uint64_t rows = file.rows.stored;
    std::optional<ImportedFile> before;
    for (ImportedFile& other : store->files()) {
      if (other.org != file.org || other.profile != file.profile || !other.snapshot_date) continue;
      if (*other.snapshot_date == *file.snapshot_date) rows += other.rows.stored;
      if (*other.snapshot_date >= *file.snapshot_date) continue;
      if (!before ||
          std::tuple(*other.snapshot_date, other.rows.stored) > std::tuple(*before->snapshot_date, before->rows.stored))
        before = std::move(other);
    }
    if (!before || before->rows.stored < shrink_least_rows) return;
    if (rows * 100 > before->rows.stored * (100 - shrink_percent)) return;
    if (options_.allow_shrink) {
      file.shrink_allowed = true;
      return;
    }
    throw Error(
        fmt::format("{}: {} rows, but {} of {} has {}: this looks like a filtered or cut export. Export it "
                    "without a filter, or accept it with --allow-shrink",
                    file.name, file.rows.stored, before->name, to_string(*before->snapshot_date), before->rows.stored));
  }

  void finish() {
    const auto stored = [](const FileOutcome& outcome) { return outcome.status == FileStatus::stored; };
    const bool any = !options_.dry_run && std::any_of(summary_.files.begin(), summary_.files.end(), stored);
    summary_.store_created = store_.created() && any;
    if (store_.created() && !any) return;
    if (const Store* store = existing()) summary_.store_path = store->path();
    if (any && !store_failed_) keep_retention(store_.writable(), policy_, io_);
    if (summary_.store_created) note(io_, "created the store " + summary_.store_path);
  }

  LazyStore& store_;
  const ImportOptions& options_;
  const Policy& policy_;
  Io& io_;
  RejectLimit limit_;
  std::optional<std::size_t> memory_;
  std::vector<Profile> given_profile_;
  std::optional<DayRange> covers_;
  std::optional<Tombstones> forgotten_;
  std::optional<Day> keep_from_;
  csv::Options csv_;
  std::vector<std::tuple<std::string, std::string, std::string, std::optional<Day>>> seen_;
  bool store_failed_ = false;
  ImportSummary summary_;
};

}  // namespace

std::string_view to_string(FileStatus status) {
  constexpr std::array<std::string_view, 5> words{"stored", "known", "refused", "rejected", "ignored"};
  return words.at(static_cast<std::size_t>(status));
}

ImportSummary import_paths(LazyStore& store, const ImportOptions& options, const Policy& policy, Io& io) {
  return ImportRun(store, options, policy, io).run();
}

Profile profile_named(const std::string& name_or_file) {
  if (const Profile* known = builtin_profile(name_or_file)) return *known;
  std::error_code ignored;
  if (fs::exists(name_or_file, ignored)) return parse_profile(read_text_file(name_or_file), name_or_file);
  std::vector<std::string> names;
  for (const Profile& profile : builtin_profiles()) names.push_back(profile.name);
  const auto near = nearest(name_or_file, names);
  throw Error(fmt::format("no profile or profile file named \"{}\"; {}", name_or_file,
                          near ? fmt::format("did you mean \"{}\"?", *near) : "seatlint profiles lists them"));
}

}  // namespace seatlint
