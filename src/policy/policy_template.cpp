// SPDX-License-Identifier: Apache-2.0
// `config init`: a policy that parses as it is, with every key explained. Lines starting with `# ` explain; lines
// starting with `#` and no blank are examples, valid once the `#` is taken away.
#include <fmt/core.h>

#include <algorithm>
#include <string>

#include "seatlint/policy.hpp"

namespace seatlint {
namespace {

constexpr std::string_view head =
    R"(# seatlint.toml: what this organization wants from its CRM licenses. Review it like code.
# Lines starting with "#" and no blank are examples: take the # away to use them.
# Patterns are case-insensitive globs: * is any text, ? any character. A list of patterns means any of them.

#db = "seatlint.db"               # the store; --db and SEATLINT_DB win
timezone = "UTC"                  # whose calendar days activity is counted in, e.g. "Europe/Berlin"
currency = "USD"                  # of amounts written without one
#alias_domains = [["example.com", "crm.example.com"]]   # the same mailbox under several domains

[audit]
window_days  = 90                 # the days up to the audit date that are looked at
idle_days    = 90                 # not used for so many days: idle
grace_days   = 30                 # a seat is new for so many days and not judged
low_use_days = 0                  # used on fewer days of the window: low-use; 0 turns the rule off
training_features = 0             # uses at most so many features of a dear license: training; 0 turns the rule off
review_every = "3 months"         # when status says that the next audit is due
snapshot_slack_days = 7           # a user list may be dated so many days after the audit date
feed_gap_days = 7                 # nobody active for so many days: the log has probably stopped
ignore       = []                 # rules or families never to report, e.g. ["low-use"]

)";

constexpr std::string_view people =
    R"(# --- people -----------------------------------------------------------------------------------
# A match asks for login, email, name, title, department, manager, cost_center, profile, role or id.
# Classes: human, integration, admin, shared, external. Only people and administrators are called idle.

#[[class]]
#match = { login = ["svc-*", "*integration*"] }
#class = "integration"

# Least privilege: who else holds this role is reported as excess-access.
#[[reserve]]
#role  = "System Administrator"
#match = { department = "IT*" }

# A reviewed exception: a rule, a family or "*"; for a match, a product or a department; until a day.
#[[waiver]]
#rule   = "idle"
#match  = { email = "ana@example.com" }
#owner  = "it-licensing@example.com"
#reason = "LIC-1234"               # a ticket, not a diagnosis
#until  = 2027-03-31

)";

constexpr std::string_view tail =
    R"(# --- what may be shown and kept -----------------------------------------------------------------
[privacy]
names     = "show"                # show, pseudonym or hide; showing more than this needs --reason
# key_file = "seatlint.key"        # of the pseudonyms, mode 0600; default: next to the store
# keep    = "13mo"                # older activity and snapshots are removed at import, and not taken
min_group = 5                     # no figures of groups smaller than this when names are hidden
forbid    = []                    # rules that must not be used here, e.g. ["low-use", "training"]

# --- limits: `seatlint check` exits 1 when one is broken ------------------------------------------
[budget]
#max_cost         = "12000.00 USD"   # per month
#max_exposure     = "600.00 USD"     # idle, over-provisioned, too high a tier and unassigned, per month
#max_idle_pct     = 10.0
#max_unassigned   = 5
max_unjudged_pct  = 10.0             # nothing judged never passes
#max_age_days     = 100              # of the newest user list
)";

constexpr std::string_view roles_dynamics =
    R"(# Role-based licensing: the first match wins. keep: never recommend a license without these features.
#[[role]]
#name    = "sales representative"
#match   = { title = ["Sales Rep*", "Account Executive*"], department = "Sales*" }
#license = ["dynamics365.sales-enterprise", "dynamics365.sales-professional"]
#keep    = ["opportunity.write"]

#[[role]]
#name    = "service agent"
#match   = { department = ["Customer Service*", "Support*"] }
#license = ["dynamics365.customer-service-professional", "dynamics365.customer-service-enterprise"]
#keep    = ["case.write"]

# Tables of your own: add your publisher prefix when it has no underscore in it.
#[[feature]]
#id    = "custom.write"
#match = [{ object = "contoso*", verb = ["create", "update", "delete"] }]

)";

constexpr std::string_view roles_salesforce =
    R"(# Exports without Profile or UserLicense columns carry no license: say what to assume.
#[[assume]]
#match   = { profile = "Sales*" }
#product = "salesforce.salesforce"

# Role-based licensing: the first match wins. keep: never recommend a license without these features.
#[[role]]
#name    = "sales representative"
#match   = { profile = "Sales*" }
#license = ["salesforce.salesforce"]
#keep    = ["opportunity.write", "lead.write"]

)";

constexpr std::string_view roles_generic = R"(# The list price of your CRM, where there is no contract for it.
#[[product]]
#id          = "generic.basic"
#list_price  = "25.00 USD"
#price_as_of = 2026-07-01

# Role-based licensing: the first match wins. keep: never recommend a license without these features.
#[[role]]
#name    = "sales representative"
#match   = { title = "Sales*" }
#license = ["generic.professional"]
#keep    = ["opportunity.write"]

# Marketing needs Enterprise only where it customizes or manages data itself.
#[[role]]
#name    = "marketing"
#match   = { department = "Marketing*" }
#license = ["generic.professional", "generic.enterprise"]
#keep    = ["campaign.write"]

#[[role]]
#name    = "service agent"
#match   = { title = ["*Agent*", "*Support*"] }
#license = ["generic.basic"]
#keep    = ["case.write"]

#[[role]]
#name    = "administrator"
#match   = { title = "*Admin*" }
#license = ["generic.enterprise"]
#keep    = ["user.manage", "configuration.write"]

)";

constexpr std::string_view roles_other =
    R"(# Role-based licensing: the first match wins. keep: never recommend a license without these features.
#[[role]]
#name    = "sales representative"
#match   = { title = "Sales*" }
#license = ["{product}"]

)";

constexpr std::string_view own_product =
    R"(# A product no catalog knows, or a correction to one: with a known id only the keys given change.
#[[product]]
#id         = "acme.basic"         # vendor.product
#name       = "ACME Basic"
#aliases    = ["Basic", "BASIC_USER"]   # as exports and contracts write it
#kind       = "base"               # base, attach, addon, bundle, free or trial
#requires   = []                   # for attach and addon: any one of these
#excludes   = []                   # products it cannot be held with
#released_by = ["deleted"]         # account states that free the seat
#family     = "acme"
#grants     = ["case.write", "contact.write", "report.run"]
#list_price = "25.00 USD"
#price_as_of = 2026-07-01

# How a feature shows in a log. A known id gets these patterns as well.
#[[feature]]
#id    = "case.write"
#match = [{ object = "case", verb = ["create", "update", "delete"] }]

)";

/// Products worth an example: sold, paid, a user's own; priced ones first.
std::vector<const Product*> examples(std::string_view vendor, const Catalog& catalog) {
  std::vector<const Product*> out;
  for (const Product& product : catalog.products) {
    const bool paid = product.kind == ProductKind::base || product.kind == ProductKind::bundle;
    if (product.vendor == vendor && paid && product.offered && product.per == "user") out.push_back(&product);
  }
  std::stable_sort(out.begin(), out.end(), [](const Product* a, const Product* b) {
    return !a->list_prices.empty() && b->list_prices.empty();
  });
  return out;
}

std::string contracts(const std::vector<const Product*>& products) {
  std::string out =
      "# --- what was bought -----------------------------------------------------------------------------\n"
      "# One table a line of the contract; several lines of one product add up. Without a contract, list prices are "
      "used,\n"
      "# and purchased but unassigned seats cannot be seen. Prices are per seat and month.\n\n";
  const std::size_t most = 3;
  for (std::size_t at = 0; at < std::min(most, products.size()); ++at) {
    const Product& product = *products[at];
    std::string note = "list price unknown";
    if (!product.list_prices.empty()) {
      const ListPrice& price = product.list_prices.front();
      note = "list " + to_string(price.money) + (price.as_of ? " as of " + to_string(*price.as_of) : "") + ", " +
             price.source;
    }
    out += fmt::format("# {}: {}\n#[[contract]]\n#product    = \"{}\"\n#quantity   = 40\n#unit_price = \"95.00 USD\"\n",
                       product.name, note, product.id);
    if (at == 0) {
      out +=
          "#org         = \"default\"        # the tenant it was bought for\n#term_start  = 2026-02-01\n"
          "#term_end    = 2027-01-31\n#notice_days = 30\n#floor       = 30               # never fewer seats than "
          "this\n"
          "#reducible   = \"at-renewal\"     # or \"any-time\"\n"
          "#covers      = []               # products in the exports for which one unit of this line stands\n";
    }
    out += '\n';
  }
  return out;
}

std::string thresholds(std::string_view product) {
  return fmt::format(
      "# Thresholds of a product or of a class of accounts; product beats class beats the ones above.\n"
      "#[audit.product.\"{}\"]\n#idle_days = 180\n\n#[audit.class.admin]\n#idle_days = 180\n\n",
      product);
}

}  // namespace

std::string policy_template(std::string_view vendor, const Catalog& catalog) {
  const auto products = examples(vendor.empty() ? "generic" : vendor, catalog);
  const std::string first = products.empty() ? "acme.basic" : products.front()->id;
  std::string out(head);
  out += thresholds(first);
  out += contracts(products);
  if (vendor == "dynamics365") {
    out += roles_dynamics;
  } else if (vendor == "salesforce") {
    out += roles_salesforce;
  } else if (vendor.empty() || vendor == "generic") {
    out += roles_generic;
  } else if (!products.empty()) {
    std::string text(roles_other);
    text.replace(text.find("{product}"), 9, first);
    out += text;
  }
  out += own_product;
  out += people;
  out += tail;
  out += fmt::format("#[budget.seats]\n#\"{}\" = 40\n", first);
  return out;
}

}  // namespace seatlint
