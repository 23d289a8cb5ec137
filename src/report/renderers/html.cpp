// SPDX-License-Identifier: Apache-2.0
// The report as one page that needs nothing else: style, script, drawings and data are in it, and its security policy
// lets nothing else run or load.
#include <openssl/evp.h>

#include <ostream>

#include "report/amounts.hpp"
#include "report/html_page.hpp"
#include "report/log_lines.hpp"
#include "report/totals.hpp"
#include "seatlint/embedded.hpp"

namespace seatlint {
namespace {

std::string_view page_file(std::string_view name) {
  for (const EmbeddedFile& file : embedded_files())
    if (file.folder == "report/page" && file.name == name) return file.text;
  return {};
}

/// How a security policy names an inline style or script.
std::string source_hash(std::string_view text) {
  const std::string hex = sha256_hex(text);
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  std::string base64(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(base64.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  base64.resize(static_cast<std::size_t>(size));
  return "'sha256-" + base64 + "'";
}

void begin_page(std::ostream& out, const Report& report, std::string_view style, std::string_view script) {
  out << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      << source_hash(style) << "; script-src " << source_hash(script) << "; base-uri 'none'; form-action 'none'\">\n"
      << "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" "
         "content=\"no-referrer\">\n<title>License audit as of "
      << to_string(report.as_of) << "</title>\n<style>" << style << "</style>\n</head>\n<body>\n"
      << "<a class=\"skip\" href=\"#findings\">Skip to the findings</a>\n<header><h1>License audit as of "
      << to_string(report.as_of) << " <span class=\"soft\">(" << markup_text(as_of_reason(report)) << ")</span></h1>\n";
}

}  // namespace

void render_html(const Report& report, const RenderOptions&, std::ostream& out) {
  const std::string_view style = page_file("page.css"), script = page_file("page.js");
  begin_page(out, report, style, script);
  html_headline(out, report);
  out << "<p class=\"soft\">" << markup_text(counted(report.assigned, "seat")) << " of "
      << markup_text(counted(report.accounts, "account")) << ", "
      << markup_text(counted(static_cast<std::int64_t>(report.inputs.size()), "file")) << " read";
  if (report.since) out << "; compared with " << markup_text(report.since->origin);
  out << "</p></header>\n<main>\n";
  html_gates(out, report);
  html_money(out, report);
  html_products(out, report);
  html_trend(out, report);
  html_idle_days(out, report);
  html_departments(out, report);
  html_verdicts(out, report);
  html_findings(out, report);
  html_doubts(out, report);
  html_waivers(out, report);
  html_method(out, report);
  out << "</main>\n<footer class=\"soft\">Made by seatlint " << SEATLINT_VERSION
      << ". Opens no network connection and needs none.</footer>\n<script>" << script
      << "</script>\n</body>\n</html>\n";
}

}  // namespace seatlint
