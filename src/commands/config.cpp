// SPDX-License-Identifier: Apache-2.0
// `seatlint config`: a commented policy to start from, and what is in force where.
#include "commands/config.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <ostream>

#include "commands/policy_from_store.hpp"
#include "commands/session.hpp"

namespace seatlint {
namespace {

int show(Io& io) {
  Catalog catalog = builtin_catalog();
  const Policy policy = load_policy(io, catalog);
  const std::string store = std::filesystem::absolute(store_path(io, policy)).lexically_normal().string();
  io.out << "# policy: " << (policy.path.empty() ? "none found, defaults only" : printable(policy.path)) << '\n'
         << "# store:  " << printable(store) << "\n\n"
         << show_policy(policy);
  return 0;
}

int init(const ConfigOptions& options, Io& io) {
  Catalog catalog = builtin_catalog();
  std::vector<std::string> vendors;
  for (const CatalogSource& source : catalog.sources) vendors.push_back(source.id);
  if (!options.vendor.empty()) require_word("vendor", options.vendor, vendors);
  std::string text;
  if (options.from_store) {
    const Policy policy = load_policy(io, catalog);
    const Store store = open_store(io, policy, Store::Open::read);
    text = policy_from_store(store, policy, catalog, io.environment.today, options.vendor);
  } else {
    text = policy_template(options.vendor, catalog);
  }
  if (options.output.empty()) {
    io.out << text;
    return 0;
  }
  write_text_file(options.output, text, false);
  note(io, "wrote " + options.output);
  return 0;
}

void declare(OptionSet& set, ConfigOptions& options) {
  set.positional("init|show", options.action,
                 "init writes a commented policy; show prints what is in force, and from where");
  set.option("--vendor", options.vendor, "init: examples for the products of this vendor", "V");
  set.flag("--from-store", options.from_store,
           "init: a contract line for each product found, with its assigned seats and dated list price");
  set.option("-o,--output", options.output, "init: write this new file instead of stdout", "FILE");
}

}  // namespace

int run_config(const ConfigOptions& options, Io& io) {
  require_word("action", options.action, {"init", "show"});
  return options.action == "show" ? show(io) : init(options, io);
}

std::unique_ptr<Command> config_command() {
  return make_command<ConfigOptions>(
      {"config", "write a policy to start from; show what is in force",
       "seatlint config init > seatlint.toml                    a commented policy\n"
       "seatlint config init --from-store -o seatlint.toml      with what the exports hold\n"
       "seatlint config init --vendor salesforce                examples of one vendor\n"
       "seatlint config show                                    every value and its origin"},
      declare, run_config);
}

}  // namespace seatlint
