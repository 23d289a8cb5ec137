// SPDX-License-Identifier: Apache-2.0
// toml++ as both of its users want it: its code is compiled once, where TOML_IMPLEMENTATION is defined.
#pragma once

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wshadow"
#define TOML_HEADER_ONLY 0
// toml++ 3.3 asserts on malformed input ("[=") just before it reports it; the report is what is wanted.
#define TOML_ASSERT(expr) static_cast<void>(0)
#include <toml++/toml.h>
#pragma GCC diagnostic pop
