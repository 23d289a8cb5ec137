// SPDX-License-Identifier: Apache-2.0
// After `forget` no byte of the person is left in the folder of the store, in whatever form, and old exports do not
// bring anybody back.
#include <openssl/evp.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "folder.hpp"
#include "seatlint/cli.hpp"
#include "store/identity_keys.hpp"

namespace forget_test {

namespace fs = std::filesystem;

using seatlint::testing::Folder;

namespace {

struct Said {
  int code = 0;
  std::string out, err;
};

Said seatlint_run(const fs::path& folder, std::vector<std::string> words) {
  std::istringstream in;
  std::ostringstream out, err;
  words.insert(words.begin(), {"--db", (folder / "store.db").string()});
  const int code = seatlint::run(words, in, out, err, {{}, *seatlint::parse_day("2026-10-05"), false, 100});
  return {code, out.str(), err.str()};
}

std::string digest(const EVP_MD* kind, const std::string& text) {
  std::string bytes(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(bytes.data()), &size, kind, nullptr);
  bytes.resize(size);
  return bytes;
}

std::string hex(const std::string& bytes, const char* digits) {
  std::string text;
  for (const char c : bytes) {
    text += digits[static_cast<unsigned char>(c) >> 4];
    text += digits[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

/// The part of a base64 text that is the same whatever stands before and behind `text`.
std::string base64(const std::string& text, std::size_t before) {
  const std::string padded = std::string(before, 'x') + text;
  std::string out((padded.size() / 3 + 1) * 4 + 1, '\0');
  const int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<const unsigned char*>(padded.data()), static_cast<int>(padded.size()));
  out.resize(static_cast<std::size_t>(size));
  const std::size_t first = (before * 8 + 5) / 6, last = padded.size() * 8 / 6;
  return out.substr(first, last - first);
}

std::string utf16(const std::string& text, bool big) {
  std::string wide;
  for (const char c : text) wide += big ? std::string{'\0', c} : std::string{c, '\0'};
  return wide;
}

std::vector<std::pair<std::string, std::string>> forms(const std::string& text) {
  std::vector<std::pair<std::string, std::string>> all{{"UTF-8", text},
                                                       {"UTF-16LE", utf16(text, false)},
                                                       {"UTF-16BE", utf16(text, true)},
                                                       {"hex", hex(text, "0123456789abcdef")},
                                                       {"HEX", hex(text, "0123456789ABCDEF")}};
  for (std::size_t before = 0; before < 3; ++before) all.emplace_back("base64", base64(text, before));
  for (const EVP_MD* kind : {EVP_md5(), EVP_sha1(), EVP_sha256(), EVP_sha512()}) {
    all.emplace_back("digest", digest(kind, text));
    all.emplace_back("digest in hex", hex(digest(kind, text), "0123456789abcdef"));
  }
  return all;
}

std::string folded_ascii(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

/// Every file below the folder, in one text.
std::string bytes_of(const fs::path& folder) {
  std::string all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    all += text.str();
  }
  return all;
}

/// What the store calls the person: every value of its records that names it.
std::set<std::string> names_of(const nlohmann::json& subject) {
  std::set<std::string> names;
  for (const auto& record : subject.at("records"))
    for (const auto& [label, value] : record.at("values").items()) {
      const std::string text = value.get<std::string>();
      if (label == "aliases")
        for (const auto& alias : nlohmann::json::parse(text)) names.insert(alias.get<std::string>());
      else if (std::set<std::string>{"id", "login", "login as written", "e-mail", "federation id", "HR id", "name"}
                   .contains(label))
        names.insert(text);
    }
  for (const auto& use : subject.at("activity")) names.insert(use.at("identity").get<std::string>());
  // Row numbers occur by chance.
  std::erase_if(names, [](const std::string& name) { return name.size() < 6; });
  return names;
}

std::vector<std::string> found_forms(const fs::path& folder, const std::set<std::string>& names) {
  const std::string bytes = bytes_of(folder), folded = folded_ascii(bytes);
  std::vector<std::string> found;
  for (const std::string& name : names) {
    for (const auto& [form, text] : forms(name))
      if (bytes.find(text) != std::string::npos) found.push_back(form + " of " + name);
    for (const auto& [form, text] : forms(seatlint::fold_case(name)))
      if (bytes.find(text) != std::string::npos) found.push_back(form + " of folded " + name);
    if (folded.find(folded_ascii(name)) != std::string::npos) found.push_back("letters of " + name);
  }
  return found;
}

const std::string exports = SEATLINT_SOURCE_DIR "/examples/quarterly-audit/exports";

}  // namespace

TEST_CASE("forget leaves no byte of a person") {
  const Folder folder;
  const auto run = [&](std::vector<std::string> words) { return seatlint_run(folder.path, std::move(words)); };
  run({"import", exports});
  REQUIRE(run({"audit"}).code == 0);
  const std::string user = GENERATE("oskar.nyberg@tidewater.example", "sigrid.falk@tidewater.example");
  const Said before = run({"subject", user, "--format", "json"});
  REQUIRE(before.code == 0);
  const std::set<std::string> names = names_of(nlohmann::json::parse(before.out));
  REQUIRE(names.size() >= 3);
  REQUIRE(found_forms(folder.path, names).size() >= names.size());

  const Said forgotten = run({"forget", user});
  INFO(forgotten.out << forgotten.err);
  REQUIRE(forgotten.code == 0);
  CHECK(found_forms(folder.path, names).empty());
  CHECK(run({"verify"}).code == 0);
  CHECK(run({"subject", user}).code == 2);

  // The same bytes under another org would be another file to the store: nothing is "known".
  const Said again = run({"import", exports, "--org", "second"});
  INFO(again.out << again.err);
  CHECK(found_forms(folder.path, names).empty());
  CHECK(again.out.find("forgotten") != std::string::npos);
  CHECK(run({"forget", user}).code == 0);
  CHECK(run({"verify"}).code == 0);
}

TEST_CASE("weak keys count only where there is no better one") {
  using seatlint::identity_keys;
  const auto keys = identity_keys("zoho", {"42", "Ana", "ANA@Example.com", {}, {}, "1001"});
  REQUIRE(keys.size() == 4);
  for (const auto& key : keys) CHECK(key.strong == (key.kind == 'm'));
  CHECK(identity_keys("zoho", {"42", {}, {}, {}, {}, {}}) != identity_keys("zendesk", {"42", {}, {}, {}, {}, {}}));
  CHECK(identity_keys("a", {"e6a92d68-1ae0-47a8-9126-710d90980d42", {}, {}, {}, {}, {}}) ==
        identity_keys("b", {{}, "E6A92D68-1AE0-47A8-9126-710D90980D42", {}, {}, {}, {}}));
}

}  // namespace forget_test
