// SPDX-License-Identifier: Apache-2.0
// Lays out an explanation: labels on the left, facts on the right, files and lines wherever there are any.
#include "commands/explanation.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <ostream>

#include "commands/joined_by.hpp"
#include "report/build_report.hpp"
#include "rules/examine.hpp"

namespace seatlint {
namespace {

std::string at_line(const std::string& file, std::uint64_t line) {
  return line == 0 ? file : file + ":" + std::to_string(line);
}

std::string days(const Setting& setting) { return fmt::format("{} ({})", setting.value, setting.origin); }

std::string band_text(const char* what, const Band& band) {
  if (band.least && band.most)
    return *band.least == *band.most ? fmt::format("{} {} only", what, *band.least)
                                     : fmt::format("{} {} to {}", what, *band.least, *band.most);
  if (band.least) return fmt::format("{} {} or more", what, *band.least);
  return band.most ? fmt::format("{} up to {}", what, *band.most) : std::string();
}

std::string holds_for(const SeatPath& path) {
  const std::string idle = band_text("idle days", path.idle_band), grace = band_text("grace days", path.grace_band);
  if (idle.empty() && grace.empty()) return "any idle days and grace days";
  return (idle.empty() ? "any idle days" : idle) + (grace.empty() ? "" : ", " + grace);
}

class Explanation {
 public:
  Explanation(const Store& store, const Fleet& fleet, const Judged& judged, std::ostream& out)
      : store_(store), fleet_(fleet), judged_(judged), out_(out) {}

  void account(int index) {
    const Account& account = fleet_.accounts[static_cast<std::size_t>(index)];
    identity(account);
    const std::vector<SeatPath> paths = examine(fleet_, judged_, index);
    if (paths.empty()) line(0, "holds no seat on this day");
    for (const SeatPath& path : paths) seat(account, path);
    other_findings(account);
    use(account);
  }

 private:
  const Store& store_;
  const Fleet& fleet_;
  const Judged& judged_;
  std::ostream& out_;

  /// Every line may quote a file, so none reaches a terminal raw.
  void line(int indent, const std::string& text) {
    out_ << std::string(static_cast<std::size_t>(indent), ' ') << printable(text) << "\n";
  }
  void field(const char* label, std::string_view text) {
    if (!text.empty()) line(2, fmt::format("{:<14}{}", label, text));
  }

  std::string product_name(int product) const { return fleet_.products[static_cast<std::size_t>(product)].name; }

  std::string where(const RecordPlace& evidence) const {
    if (evidence.file < 0) return {};
    return at_line(fleet_.files[static_cast<std::size_t>(evidence.file)].name, evidence.line);
  }

  void identity(const Account& account) {
    const std::string_view login = account.identity.login;
    line(0, fmt::format("{}{}{}", account.name.empty() ? account.key : account.name, login.empty() ? "" : "  ", login));
    field("id", account.identity.id);
    field("e-mail", account.identity.email);
    const char* comma = account.title.empty() || account.department.empty() ? "" : ", ";
    field("title", fmt::format("{}{}{}", account.title, comma, account.department));
    field("account", fmt::format("{} at {}, class {} ({})", to_string(account.state), account.vendor,
                                 to_string(account.account_class), account.class_origin));
    if (account.created) field("created", to_string(*account.created));
    if (account.more().reactivated) field("reactivated", to_string(*account.more().reactivated));
    if (account.hr().last_day)
      field("last day", to_string(*account.hr().last_day) + "  " + where(account.hr().departure_evidence));
    for (const JoinedFile& joined : joined_by(store_, fleet_, account))
      field("record", joined.file + (joined.by.empty() ? "" : "  by " + joined.by));
  }

  void seat(const Account& account, const SeatPath& path) {
    const Judgment& judgment = judged_.seats[static_cast<std::size_t>(path.seat)];
    const Seat& seat = fleet_.seats[static_cast<std::size_t>(path.seat)];
    line(0, "");
    line(0, fmt::format("{}: {}{}", product_name(seat.product), judgment.rule->name,
                        judgment.waived() ? " (waived)" : ""));
    field("because", path.why);
    const Remarks& remarks = judgment.remarks();
    if (judgment.waived()) {
      const Waiver& by = fleet_.policy->waivers[static_cast<std::size_t>(judgment.waiver)];
      field("waived", fmt::format("until {} by {}: {}", to_string(by.until), by.owner, by.reason));
    }
    field("certainty", remarks.certainty);
    for (const std::string_view note : remarks.notes) field("note", note);
    money(account, judgment, path);
    field("thresholds", "idle days " + days(path.idle_days) + ", grace days " + days(path.grace_days));
    field("holds for", holds_for(path));
    if (seat.clock_start) field("clock start", fmt::format("{} ({})", to_string(*seat.clock_start), seat.clock_origin));
    for (const EvidenceLine& evidence : evidence_of(fleet_, account, &seat))
      field("evidence", fmt::format("{}  {}", at_line(evidence.file, evidence.line), evidence.says));
    field("would change", path.change);
    way(path);
  }

  /// The rows in the order of the verdict table, each with its number there.
  void way(const SeatPath& path) {
    int row = 0;
    for (const PathStep& step : path.steps) {
      const char* answer = !step.asked ? "not asked" : step.applies ? "yes" : "no";
      field(row == 0 ? "path" : "", fmt::format("{:>2} {:<13} {}{}{}", row + 1, step.rule->name, answer,
                                                step.because.empty() ? "" : ": ", step.because));
      ++row;
    }
  }

  void money(const Account& account, const Judgment& judgment, const SeatPath& path) {
    const Seat& seat = fleet_.seats[static_cast<std::size_t>(path.seat)];
    const UnitPrice price = unit_price(fleet_, account.org, seat.product);
    field("price", price.money ? to_string(*price.money) + " a month (" + price.origin + ")" : "unknown");
    if (!path.tier || !path.tier->asked) {
      suggestion(account, judgment);
      return;
    }
    const TierView& tier = *path.tier;
    field("used features", features(tier.used));
    const FeatureSet kept = tier.needed & ~tier.used;
    if ((kept & ~FeatureSet(1)).any()) field("kept features", features(kept & ~FeatureSet(1)));
    if (!tier.adequate.empty())
      field("cheapest",
            set_text(account, tier.adequate) + (tier.cheapest.empty() ? " (nothing cheaper is adequate)" : ""));
    if (judgment.saving() && judgment.saving()->minor != 0) field("saving", to_string(*judgment.saving()) + " a month");
    cheaper_ones(account, tier, price);
  }

  /// What a verdict outside the tier rules recommends: an integration license, say.
  void suggestion(const Account& account, const Judgment& judgment) {
    std::vector<int> products;
    for (const std::string_view id : judgment.remarks().suggest) products.push_back(fleet_.product_index(id));
    if (!products.empty()) field("would do", set_text(account, products));
  }

  std::string set_text(const Account& account, const std::vector<int>& products) const {
    std::string set;
    for (const int product : products) {
      const UnitPrice unit = unit_price(fleet_, account.org, product);
      set += (set.empty() ? "" : " + ") + product_name(product) + (unit.money ? " at " + to_string(*unit.money) : "");
    }
    return set;
  }

  /// What each cheaper product of the vendor lacks.
  void cheaper_ones(const Account& account, const TierView& tier, const UnitPrice& now) {
    constexpr int shown = 6;
    int count = 0;
    for (std::size_t i = 0; i < fleet_.products.size() && count < shown; ++i) {
      const FleetProduct& product = fleet_.products[i];
      if (product.known == nullptr || product.vendor != account.vendor || !product.known->offered ||
          !product.grants.test(0))
        continue;
      const UnitPrice price = unit_price(fleet_, account.org, static_cast<int>(i));
      if (!price.money || !now.money || price.money->currency != now.money->currency ||
          price.money->minor >= now.money->minor)
        continue;
      const FeatureSet missing = tier.needed & ~product.grants;
      if (missing.none()) continue;
      ++count;
      field("too little", fmt::format("{} at {} lacks {}", product.name, to_string(*price.money), features(missing)));
    }
  }

  std::string features(const FeatureSet& set) const {
    std::string text;
    for (std::size_t bit = 0; bit < fleet_.features.size(); ++bit)
      if (set.test(bit)) text += (text.empty() ? "" : ", ") + fleet_.features[bit];
    return text.empty() ? "none" : text;
  }

  /// Findings about the account itself, rights and departures included.
  void other_findings(const Account& account) {
    std::vector<Finding> findings = judged_.account_findings;
    std::vector<Doubt> doubts;
    for (const Rule* rule : rules())
      if (rule->family == Family::access && rule->find != nullptr) rule->find(fleet_, judged_, findings, doubts);
    for (const Finding& finding : findings) {
      if (finding.account != account.key || finding.org != fleet_.orgs[static_cast<std::size_t>(account.org)].name)
        continue;
      line(0, "");
      line(0, "the account: " + std::string(finding.rule) + (finding.waived ? " (waived)" : ""));
      field("because", finding.why);
      for (const EvidenceLine& evidence :
           finding.evidence.empty() ? evidence_of(fleet_, account, nullptr) : finding.evidence)
        field("evidence", fmt::format("{}  {}", at_line(evidence.file, evidence.line), evidence.says));
    }
  }

  /// Newest first: what the logs say of the account.
  void use(const Account& account) {
    Uses unpacked;
    std::vector<const Use*> uses;
    for (const Use& use : unpacked.of(fleet_, account)) uses.push_back(&use);
    if (uses.empty()) return;
    std::stable_sort(uses.begin(), uses.end(),
                     [](const Use* a, const Use* b) { return a->days.last() > b->days.last(); });
    line(0, "");
    line(0, "Activity up to " + to_string(fleet_.as_of));
    constexpr std::size_t shown = 20;
    for (std::size_t i = 0; i < uses.size() && i < shown; ++i) {
      const FleetAction& action = fleet_.actions[static_cast<std::size_t>(uses[i]->action)];
      const std::string what = action.from_column ? "last-activity column" : action.object + " " + action.verb;
      std::string source;
      for (const Proof& proof : proofs_of(fleet_, account, uses[i]->action))
        if (proof.last == uses[i]->days.last()) source = "  " + where({proof.file, proof.last_line});
      line(2, fmt::format("{}  {} day{}{}  {}{}", to_string(uses[i]->days.last()), uses[i]->days.count(),
                          uses[i]->days.count() == 1 ? "" : "s", action.machine ? " by machine" : "", what, source));
    }
    if (uses.size() > shown) line(2, fmt::format("... and {} more kinds of activity", uses.size() - shown));
  }
};

}  // namespace

void explain_account(const Store& store, const Fleet& fleet, const Judged& judged, int account, std::ostream& out) {
  Explanation(store, fleet, judged, out).account(account);
}

}  // namespace seatlint
