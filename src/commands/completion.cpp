// SPDX-License-Identifier: Apache-2.0
// `completion`: short scripts for shells that ask this program what could follow, so that a new option, rule or product
// completes without a change to any of them.
#include <algorithm>
#include <ostream>
#include <set>

#include "commands/all_commands.hpp"
#include "commands/session.hpp"
#include "seatlint/profile.hpp"
#include "seatlint/report.hpp"
#include "seatlint/rules.hpp"

namespace seatlint {
namespace {

struct CompletionOptions {
  std::string shell;
  std::vector<std::string> words;
};

constexpr CommandText completion_words{
    "completion", "print the completion script of a shell",
    "  seatlint completion bash > /etc/bash_completion.d/seatlint              for everybody\n"
    "  seatlint completion bash > ~/.local/share/bash-completion/completions/seatlint\n"
    "  seatlint completion zsh > ~/.zfunc/_seatlint                            a folder of $fpath\n"
    "  seatlint completion fish > ~/.config/fish/completions/seatlint.fish\n",
    "The scripts call `seatlint completion candidates -- WORD...`, which prints what could stand for the last word."};

constexpr std::string_view bash_script = R"sh(# bash completion of seatlint
_seatlint() {
  local IFS=$'\n'
  COMPREPLY=($(seatlint completion candidates -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
  [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
}
complete -o default -F _seatlint seatlint
)sh";

constexpr std::string_view zsh_script = R"sh(#compdef seatlint
# zsh completion of seatlint
_seatlint() {
  local -a found
  found=(${(f)"$(seatlint completion candidates -- "${(@)words[2,CURRENT]}" 2>/dev/null)"})
  if (( $#found )); then compadd -S '' -q -- ${found:#^*=}; compadd -- ${found:#*=}; else _files; fi
}
if [[ $funcstack[1] == _seatlint ]]; then _seatlint "$@"; else compdef _seatlint seatlint; fi
)sh";

constexpr std::string_view fish_script = R"sh(# fish completion of seatlint
function __seatlint_candidates
    set -l words (commandline -opc) (commandline -ct)
    seatlint completion candidates -- $words[2..-1] 2>/dev/null
end
complete -c seatlint -a '(__seatlint_candidates)'
)sh";

using Words = std::vector<std::string>;

Words product_ids() {
  const Catalog catalog = builtin_catalog();
  Words ids;
  for (const Product& product : catalog.products) ids.push_back(product.id);
  return ids;
}

Words catalog_ids() {
  const Catalog catalog = builtin_catalog();
  Words ids;
  for (const CatalogSource& source : catalog.sources) ids.push_back(source.id);
  return ids;
}

Words shown_by(const std::string& command) {
  Words names;
  if (command == "rules")
    for (const Rule* rule : rules()) names.emplace_back(rule->name);
  if (command == "profiles")
    for (const Profile& profile : builtin_profiles()) names.push_back(profile.name);
  if (command == "catalog") {
    names = product_ids();
    const Words catalogs = catalog_ids();
    names.insert(names.end(), catalogs.begin(), catalogs.end());
  }
  return names;
}

Words split(const std::string& text, char separator) {
  Words parts(1);
  for (const char c : text) {
    if (c == separator)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

/// What may stand behind an option; nothing where the shell knows better (files) or nobody does (dates, numbers).
Words values_of(const OptionSpec& spec) {
  Words values;
  if (spec.value_name == "RULE") return rule_and_family_names();
  if (spec.value_name == "FORMAT[=FILE]") return report_formats();
  if (spec.value_name == "PRODUCT=N") {
    for (const std::string& id : product_ids()) values.push_back(id + "=");
    return values;
  }
  if (spec.name == "--profile") return shown_by("profiles");
  if (spec.name == "--vendor") return catalog_ids();
  const bool choice = spec.value_name.find('|') != std::string::npos && fold_case(spec.value_name) == spec.value_name;
  return choice ? split(spec.value_name, '|') : values;
}

Words arguments_of(const std::string& command, const Words& before) {
  if (command == "audit") return {"idle", "overprovisioned", "mistiered", "access", "data"};
  if (command == "config" && before.empty()) return {"init", "show"};
  if (command == "completion" && before.empty()) return {"bash", "zsh", "fish"};
  if (command == "rules" || command == "profiles" || command == "catalog")
    return before.empty() ? Words{"show"} : shown_by(command);
  if (command != "man" && command != "help") return {};
  Words names;
  for (const auto& each : all_commands()) names.emplace_back(each->text().name);
  return names;
}

class Completion {
 public:
  explicit Completion(const Words& typed) : typed_(typed), commands_(all_commands()) {
    declare_globals(globals_, globals_values_, lock_timeout_);
  }

  Words candidates() {
    std::string last = typed_.empty() ? "" : typed_.back();
    for (std::size_t i = 0; i + 1 < typed_.size(); ++i) take(typed_[i]);
    Words found;
    if (pending_ != nullptr) {
      found = values_of(*pending_);
    } else if (!last.empty() && last.front() == '-') {
      for (const OptionSet* set : {&options_, &globals_})
        for (const OptionSpec& spec : set->specs())
          if (spec.kind != OptionSpec::Kind::positional) found.push_back(spec.name);
      found.insert(found.end(), {"--help", "--version"});
    } else if (command_ == nullptr) {
      for (const auto& each : commands_) found.emplace_back(each->text().name);
      found.emplace_back("help");
    } else {
      found = arguments_of(std::string(command_->text().name), arguments_);
    }
    std::erase_if(found, [&](const std::string& word) { return !word.starts_with(last); });
    std::sort(found.begin(), found.end());
    return found;
  }

 private:
  void take(const std::string& word) {
    if (word == "=") return;  // bash parts words there
    if (pending_ != nullptr) {
      pending_ = nullptr;
    } else if (!word.empty() && word.front() == '-') {
      pending_ = option_that_wants_a_value(word);
    } else if (command_ == nullptr) {
      for (const auto& each : commands_)
        if (each->text().name == word) command_ = each.get();
      if (command_ != nullptr) command_->declare(options_);
    } else {
      arguments_.push_back(word);
    }
  }

  const OptionSpec* option_that_wants_a_value(const std::string& word) const {
    for (const OptionSet* set : {&options_, &globals_})
      for (const OptionSpec& spec : set->specs())
        if (spec.kind != OptionSpec::Kind::flag && (spec.name == word || spec.short_name == word)) return &spec;
    return nullptr;
  }

  const Words& typed_;
  std::vector<std::unique_ptr<Command>> commands_;
  OptionSet globals_, options_;
  Globals globals_values_;
  std::string lock_timeout_;
  Command* command_ = nullptr;
  const OptionSpec* pending_ = nullptr;
  Words arguments_;
};

void declare(OptionSet& options, CompletionOptions& target) {
  options.positional("SHELL", target.shell, "bash, zsh or fish");
  options.positionals("WORD", target.words, "with candidates: the words typed so far", false);
}

int run_completion(const CompletionOptions& options, Io& io) {
  if (options.shell == "candidates") {
    for (const std::string& word : Completion(options.words).candidates()) io.out << word << '\n';
    return 0;
  }
  require_word("shell", options.shell, {"bash", "zsh", "fish"});
  io.out << (options.shell == "bash" ? bash_script : options.shell == "zsh" ? zsh_script : fish_script);
  return 0;
}

}  // namespace

std::unique_ptr<Command> completion_command() { return make_command(completion_words, declare, run_completion); }

}  // namespace seatlint
