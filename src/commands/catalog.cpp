// SPDX-License-Identifier: Apache-2.0
// `seatlint catalog`: products, what they grant and cost, and where that was read.
#include "commands/catalog.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "commands/session.hpp"
#include "report/amounts.hpp"

namespace seatlint {
namespace {

using Json = nlohmann::ordered_json;

std::string price_of(const Product& product) {
  if (product.kind == ProductKind::free) return "free";
  if (product.list_prices.empty()) return "unknown";
  std::string text;
  for (const ListPrice& price : product.list_prices) text += (text.empty() ? "" : ", ") + to_string(price.money);
  return text;
}

Json value_of(const Product& product) {
  Json prices = Json::array();
  for (const ListPrice& price : product.list_prices)
    prices.push_back({{"minor", price.money.minor},
                      {"currency", price.money.currency},
                      {"as_of", price.as_of ? Json(to_string(*price.as_of)) : Json()},
                      {"source", price.source}});
  return {{"id", product.id},
          {"name", product.name},
          {"kind", to_string(product.kind)},
          {"per", product.per},
          {"scope", product.account_scope ? "account" : "user"},
          {"offered", product.offered},
          {"aliases", product.aliases},
          {"requires", product.requires_any},
          {"excludes", product.excludes},
          {"includes", product.includes},
          {"grants", product.grants},
          {"conditional", product.conditional},
          {"list_prices", prices},
          {"origin", product.origin},
          {"note", product.note}};
}

class Page {
 public:
  explicit Page(Io& io) : io_(io) {}
  void line(std::string_view label, const std::string& text) {
    if (text.empty()) return;
    bool first = true;
    for (const std::string& part : wrapped(printable(text), io_.environment.columns - 14)) {
      std::string head = first ? std::string(label) : "";
      head.resize(14, ' ');
      print_cells(io_, {{head, Paint::dim}, {part, Paint::plain}});
      first = false;
    }
  }

 private:
  Io& io_;
};

void show_product(const Product& product, Io& io) {
  print_cells(io, {{printable(product.name), Paint::bold}, {"  " + product.id, Paint::dim}});
  Page page(io);
  std::string kind(to_string(product.kind));
  if (product.per != "user") kind += ", per " + product.per;
  if (product.account_scope) kind += ", bought for everybody";
  if (!product.offered) kind += ", no longer sold";
  page.line("kind", kind);
  for (const ListPrice& price : product.list_prices)
    page.line("list price", fmt::format("{} per {} and month{}{}", to_string(price.money), product.per,
                                        price.as_of ? ", " + to_string(*price.as_of) : "",
                                        price.source.empty() ? "" : ", " + price.source));
  if (product.list_prices.empty() && product.kind != ProductKind::free)
    page.line("list price", "unknown; say what you pay in a [[contract]] of seatlint.toml");
  page.line("needs one of", joined(product.requires_any, ", "));
  page.line("excludes", joined(product.excludes, ", "));
  page.line("includes", joined(product.includes, ", "));
  std::vector<std::string> released;
  for (const AccountState state : product.released_by) released.emplace_back(to_string(state));
  page.line("released when", joined(released, ", "));
  page.line("grants", product.grants_known ? joined(product.grants, ", ")
                                           : joined(product.grants, ", ") + " (the rest is not documented)");
  page.line("on condition", joined(product.conditional, ", "));
  page.line("applications", joined(product.applications, ", "));
  if (!product.observable) page.line("use", "no log shows its use: its seats are outside of the audit");
  page.line("also called", joined(product.aliases, ", "));
  page.line("note", product.note);
  page.line("from", product.origin);
}

void print_products(const std::vector<const Product*>& products, Io& io) {
  TextTable table({{"product", Column::Align::left, Column::Cut::end, 20},
                   {"name", Column::Align::left, Column::Cut::middle, 20},
                   {"kind"},
                   {"list price", Column::Align::right},
                   {"of", Column::Align::left}});
  for (const Product* product : products) {
    const bool dated = !product->list_prices.empty() && product->list_prices.front().as_of;
    table.add({{product->id, Paint::plain},
               {product->name, Paint::plain},
               {std::string(to_string(product->kind)) + (product->offered ? "" : ", ended"), Paint::dim},
               {price_of(*product), Paint::plain},
               {dated ? to_string(*product->list_prices.front().as_of) : "", Paint::dim}});
  }
  print_table(io, table);
}

void print_json(const std::vector<const Product*>& products, const Catalog& catalog, Io& io) {
  Json list = Json::array(), sources = Json::array();
  for (const Product* product : products) list.push_back(value_of(*product));
  for (const CatalogSource& source : catalog.sources)
    sources.push_back({{"id", source.id}, {"as_of", to_string(source.as_of)}, {"source", source.source}});
  const Json value{{"schema", "seatlint.catalog/1"}, {"catalogs", sources}, {"products", list}};
  io.out << value.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

void print_overview(const Catalog& catalog, Io& io) {
  TextTable table({{"catalog"},
                   {"as of"},
                   {"products", Column::Align::right},
                   {"source", Column::Align::left, Column::Cut::end, 20}});
  for (const CatalogSource& source : catalog.sources) {
    const auto count = std::count_if(catalog.products.begin(), catalog.products.end(),
                                     [&](const Product& product) { return product.vendor == source.id; });
    table.add({{source.id, Paint::bold},
               {to_string(source.as_of), Paint::plain},
               {grouped(count), Paint::plain},
               {source.source, Paint::dim}});
  }
  print_table(io, table);
  const auto own = std::count_if(catalog.products.begin(), catalog.products.end(),
                                 [](const Product& product) { return product.from_policy; });
  if (own != 0) io.out << counted(own, "product") << " defined or corrected by the policy\n";
  io.out << "\nseatlint catalog show VENDOR lists its products, seatlint catalog show PRODUCT tells all about one.\n";
}

std::vector<const Product*> products_of(const Catalog& catalog, const std::string& vendor) {
  std::vector<const Product*> found;
  for (const Product& product : catalog.products)
    if (vendor.empty() || product.vendor == vendor) found.push_back(&product);
  return found;
}

void declare(OptionSet& set, CatalogOptions& options) {
  set.positionals("show NAME", options.words, "the products of a vendor, or one product by id, name or SKU", false);
  set.choice("--format", options.format, {"table", "json"}, "how to print them");
}

}  // namespace

int run_catalog(const CatalogOptions& options, Io& io) {
  Catalog catalog = builtin_catalog();
  load_policy(io, catalog);
  const auto name = name_to_show("catalog", options.words);
  const bool json = options.format == "json";
  const std::vector<const Product*> listed = products_of(catalog, name.value_or(""));
  if (!listed.empty()) {
    if (json)
      print_json(listed, catalog, io);
    else if (name)
      print_products(listed, io);
    else
      print_overview(catalog, io);
    return 0;
  }
  const Product* product = catalog.resolve({}, name.value_or(""), true);
  if (product == nullptr) {
    std::vector<std::string> vendors;
    for (const CatalogSource& source : catalog.sources) vendors.push_back(source.id);
    auto near = nearest(*name, vendors);
    if (!near) near = catalog.suggest(*name);
    throw Error(fmt::format("no vendor or product named \"{}\"{}", *name,
                            near ? fmt::format("; did you mean \"{}\"?", *near) : "; seatlint catalog lists them"));
  }
  if (json)
    print_json({product}, catalog, io);
  else
    show_product(*product, io);
  return 0;
}

std::unique_ptr<Command> catalog_command() {
  return make_command<CatalogOptions>({"catalog", "products, what they grant and their dated list prices",
                                       "seatlint catalog                                        vendors\n"
                                       "seatlint catalog show salesforce                        products of one\n"
                                       "seatlint catalog show dynamics365.sales-enterprise      all about a product\n"
                                       "seatlint catalog show DYN365_ENTERPRISE_SALES           by SKU"},
                                      declare, run_catalog);
}

}  // namespace seatlint
