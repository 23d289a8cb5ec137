// SPDX-License-Identifier: Apache-2.0
// Byte sources that read through compression, with limits against files that unpack to more than anyone exported.
#pragma once

#include <memory>
#include <string>

#include "seatlint/csv.hpp"

namespace seatlint::csv {

/// Inflates a gzip stream of one or more members while reading. `name` is for messages.
std::unique_ptr<ByteSource> gzip_source(std::unique_ptr<ByteSource> stored, std::string name, ContainerLimits limits);
/// One member of the zip archive at `path`.
std::unique_ptr<ByteSource> zip_source(const std::string& path, const std::string& member, ContainerLimits limits);
/// The CSV members of the zip archive at `path`, sorted by name.
std::vector<std::string> zip_members(const std::string& path, const ContainerLimits& limits,
                                     std::vector<std::string>* others);
/// Gives `head` first, then the rest of `source`.
std::unique_ptr<ByteSource> prefixed_source(std::string head, std::unique_ptr<ByteSource> source);

/// The bytes of `stored`, inflated where they begin as a gzip stream does.
std::unique_ptr<ByteSource> unpacked_source(std::unique_ptr<ByteSource> stored, std::string name,
                                            const ContainerLimits& limits);

/// Another text whenever the file behind it is replaced or written to; empty for standard input and what is gone.
std::string state_of(const Input& input);

/// Throws Error where more was unpacked than `limits` allow.
void check_unpacked(std::uint64_t stored, std::uint64_t produced, const ContainerLimits& limits,
                    const std::string& name);

}  // namespace seatlint::csv
