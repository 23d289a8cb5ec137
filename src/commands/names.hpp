// SPDX-License-Identifier: Apache-2.0
// `--names`: how persons appear. The policy sets it, the command line may tighten it, and loosening it needs a reason
// that is kept.
#pragma once

#include <optional>
#include <string>

#include "commands/command.hpp"
#include "report/pseudonyms.hpp"
#include "seatlint/policy.hpp"
#include "seatlint/report.hpp"

namespace seatlint {

struct NamesOptions {
  std::string names, reason, key_file;
};
void declare_names(OptionSet& options, NamesOptions& target);

/// What was settled for one run.
class NamesChoice {
 public:
  /// What people read at their desk: as asked for, else as the policy says.
  Names for_people() const { return for_people_; }
  /// Formats that end in build logs and dashboards hide persons unless asked otherwise, or give them pseudonyms
  /// where there is a key.
  Names of_format(std::string_view format) const;
  /// Set as soon as anything is to have pseudonyms.
  const std::optional<Pseudonyms>& pseudonyms() const { return pseudonyms_; }

 private:
  friend NamesChoice choose_names(const NamesOptions&, const Policy&, std::string_view, Io&);
  Names for_people_ = Names::show, for_logs_ = Names::hide;
  std::optional<Pseudonyms> pseudonyms_;
};

/// Throws Error for what the policy forbids without a reason, for a reason that can't be kept, and for a key file that
/// others can read. `command` is what the record of a loosened policy names.
NamesChoice choose_names(const NamesOptions& options, const Policy& policy, std::string_view command, Io& io);

}  // namespace seatlint
