// SPDX-License-Identifier: Apache-2.0
// `seatlint evidence`: one file that an auditor can keep: the report, what it rests on, what was decided, and the chain
// that shows nothing was changed since.
#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "commands/anchor_file.hpp"
#include "commands/audited.hpp"
#include "commands/name_access.hpp"
#include "commands/outputs.hpp"
#include "commands/policy_record.hpp"
#include "commands/session.hpp"
#include "report/build_report.hpp"
#include "store/chain.hpp"
#include "store/sealed_content.hpp"

namespace seatlint {
namespace {

using Json = nlohmann::ordered_json;

struct EvidenceOptions {
  std::string file;
  NamesOptions names;
  AuditScope scope;
};

constexpr std::string_view how_to_check =
    "head = SHA-256 of: the head before (empty for the first), seq, kind, unit and unit_id with a blank between, says, "
    "commitment; each followed by a line feed. report_sha256 is the SHA-256 of the file that seatlint audit -o "
    "json=FILE writes with the same --names; the last entry of the chain states it. seatlint verify --anchor compares "
    "a "
    "store with noted heads.";

std::string json_text(const Report& report) {
  std::ostringstream text;
  render(report, "json", {}, text);
  return text.str();
}

Json counts_of(const Store& store) {
  RowCounts sum;
  const auto files = store.files();
  for (const ImportedFile& file : files) {
    sum.read += file.rows.read;
    sum.stored += file.rows.stored;
    sum.rejected += file.rows.rejected;
    sum.skipped += file.rows.skipped;
    sum.duplicate += file.rows.duplicate;
  }
  return {{"files", files.size()},         {"rows_read", sum.read},       {"rows_stored", sum.stored},
          {"rows_rejected", sum.rejected}, {"rows_skipped", sum.skipped}, {"rows_duplicate", sum.duplicate}};
}

Json decisions_of(const Report& report) {
  Json decisions = Json::array();
  for (const Finding& finding : report.findings) {
    if (!finding.waived) continue;
    decisions.push_back({{"rule", finding.rule},
                         {"org", finding.org},
                         {"account", finding.account},
                         {"product", finding.product},
                         {"until", to_string(finding.waived->until)},
                         {"owner", finding.waived->owner},
                         {"reason", finding.waived->reason}});
  }
  return decisions;
}

Json chain_of(const Database& db) {
  Json entries = Json::array();
  for (const ChainEntry& entry : Chain(db).entries())
    entries.push_back({{"seq", entry.seq},
                       {"kind", entry.kind},
                       {"unit", entry.unit.name},
                       {"unit_id", entry.unit.id},
                       {"says", entry.says},
                       {"commitment", entry.commitment},
                       {"head", entry.head}});
  return entries;
}

void declare(OptionSet& set, EvidenceOptions& options) {
  set.positional("FILE", options.file, "the bundle; must not be there yet");
  declare_scope(set, options.scope);
  declare_names(set, options.names);
}

int run_evidence(const EvidenceOptions& options, Io& io) {
  Catalog catalog = builtin_catalog();
  Policy policy = load_policy(io, catalog);
  const NamesChoice names = choose_names(options.names, policy, "evidence", io);
  Store store = open_store(io, policy, Store::Open::write);
  require_sound(store.database());
  const auto audited = audit_store(store, std::move(catalog), std::move(policy), options.scope, io.environment.today);
  const Report whole =
      build_report(audited->fleet, audited->judged, {io.environment.today, {}, {}, audited->policy.ignore});
  MaskedReports reports(whole, audited->fleet, names, {});
  const Report& report = reports.for_people();
  const std::string imports = imports_digest(store.database());
  const std::string text = json_text(report);
  record_look(io, store, {"evidence", std::string(to_string(names.for_people())), options.names.reason});
  record_policy(store, audited->policy);
  const Json says{{"as_of", to_string(report.as_of)},
                  {"imports_sha256", imports},
                  {"policy_sha256", report.policy_sha256},
                  {"report_sha256", sha256_hex(text)}};
  Chain(store.database()).note("evidence", says.dump());
  const Json bundle{{"schema", "seatlint.evidence/1"},
                    {"imports_sha256", imports},
                    {"policy_sha256", report.policy_sha256},
                    {"report_sha256", sha256_hex(text)},
                    {"head", Chain(store.database()).last().head},
                    {"how_to_check", how_to_check},
                    {"counts", counts_of(store)},
                    {"decisions", decisions_of(report)},
                    {"report", Json::parse(text)},
                    {"chain", chain_of(store.database())}};
  write_text_file(options.file, bundle.dump(1, ' ', false, Json::error_handler_t::replace) + "\n", false);
  anchor_head(io, store);
  note(io, fmt::format("wrote the report as of {}, its digests and a chain of {} entries to {}",
                       to_string(report.as_of), bundle["chain"].size(), printable(options.file)));
  return 0;
}

}  // namespace

std::unique_ptr<Command> evidence_command() {
  return make_command<EvidenceOptions>(
      {"evidence", "one file for an auditor: report, digests, decisions, proof",
       "  seatlint evidence audit-2026-09.json                     the audit as of the newest evidence\n"
       "  seatlint evidence audit-2026-06.json --as-of 2026-06-30  as of an earlier day\n"
       "  seatlint evidence audit-2026-09.json --names pseudonym   with stand-ins for persons\n"},
      declare, run_evidence);
}

}  // namespace seatlint
