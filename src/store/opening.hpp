// SPDX-License-Identifier: Apache-2.0
// From a path to an open store: what is none is refused before a byte of it is written.
#pragma once

#include <string>

#include "store/store.hpp"

namespace seatlint {

/// Opens the store at the absolute `path`, made where it is missing and `how` says so (then `created` is set).
/// An older store is upgraded, with a copy kept beside it; one opened for reading is upgraded in memory only.
Database open_database(const std::string& path, Store::Open how, int lock_timeout_ms, bool& created);

/// Puts a copy of `with` in the place of the store at the absolute `path` and returns the name under which the old one
/// is kept, empty where there was none. Throws Error (try again) while others use the old one.
std::string replace_store(const std::string& path, const Database& with, int lock_timeout_ms);

/// For a store that was open just now: it is looked at once more, through the connection that writes.
Database open_again_for_writing(const std::string& path, int lock_timeout_ms);

/// For whoever made the store at `path`, in the end: removes it if no file was imported and nobody else has it open;
/// else gives it its write-ahead log. Never throws for what is in the way: then it stays as it is.
void finish_new_store(const Database& db, const std::string& path);

}  // namespace seatlint
