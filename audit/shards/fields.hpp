// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <type_traits>

#include "audit/shards/shard_file.hpp"

// What is in a shard's file: every structure says its fields by their names, once for who writes
// them and who reads them. A field of a plain structure that is not said here does not compile.
namespace napier {

template <class Self, class Plain>
concept IsA = std::same_as<std::remove_const_t<Self>, Plain>;

template <IsA<Address> Self, class Say>
void fields(Self& self, Say&& say) {
  auto& [property, stratum, index] = self;
  say("property", property);
  say("stratum", stratum);
  say("index", index);
}
template <IsA<Located> Self, class Say>
void fields(Self& self, Say&& say) {
  auto& [address, point] = self;
  say("address", address);
  say("point", point);
}
template <IsA<RefutedCase> Self, class Say>
void fields(Self& self, Say&& say) {
  say("address", self.address);
  say("point", self.point);
  say("answers", self.answers);
}
template <IsA<Call> Self, class Say>
void fields(Self& self, Say&& say) {
  auto& [x, y] = self;
  say("x", x);
  say("y", y);
}
template <IsA<Flags> Self, class Say>
void fields(Self& self, Say&& say) {
  auto& [invalid, divide_by_zero, overflow, underflow, inexact] = self;
  say("invalid", invalid);
  say("divide_by_zero", divide_by_zero);
  say("overflow", overflow);
  say("underflow", underflow);
  say("inexact", inexact);
}
template <IsA<ControlState> Self, class Say>
void fields(Self& self, Say&& say) {
  auto& [sse, x87, x87_stack, general] = self;
  say("sse", sse);
  say("x87", x87);
  say("x87_stack", x87_stack);
  say("general", general);
}
template <IsA<Trespassed> Self, class Say>
void fields(Self& self, Say&& say) {
  auto& [array, wrote, element] = self;
  say("array", array);
  say("wrote", wrote);
  say("element", element);
}
template <IsA<Placement> Self, class Say>
void fields(Self& self, Say&& say) {
  auto& [length, position, x_offset, y_offset, x_stride, y_stride, in_place, empty, fence, damage,
         trespassed] = self;
  say("length", length);
  say("position", position);
  say("x_offset", x_offset);
  say("y_offset", y_offset);
  say("x_stride", x_stride);
  say("y_stride", y_stride);
  say("in_place", in_place);
  say("empty", empty);
  say("fence", fence);
  say("damage", damage);
  say("trespassed", trespassed);
}
template <IsA<Answer> Self, class Say>
void fields(Self& self, Say&& say) {
  auto& [value, ending, detail, flags, lowered, error_number, before, after, placement] = self;
  say("value", value);
  say("ending", ending);
  say("detail", detail);
  say("flags", flags);
  say("lowered", lowered);
  say("errno", error_number);
  say("before", before);
  say("after", after);
  say("placement", placement);
}
template <IsA<UlpRange> Self, class Say>
void fields(Self& self, Say&& say) {
  auto& [lo, hi] = self;
  say("lo", lo);
  say("hi", hi);
}
template <IsA<CanonicalError> Self, class Say>
void fields(Self& self, Say&& say) {
  auto& [range] = self;
  say("range", range);
}
template <class Self, class Say>
requires IsA<Self, Largest<double>::Entry> || IsA<Self, Largest<CanonicalError>::Entry>
void fields(Self& self, Say&& say) {
  auto& [value, point] = self;
  say("value", value);
  say("point", point);
}
template <IsA<Largest<CanonicalError>> Self, class Say>
void fields(Self& self, Say&& say) {
  auto& [entry] = self;
  say("entry", entry);
}
template <IsA<Death> Self, class Say>
void fields(Self& self, Say&& say) {
  auto& [ending, detail] = self;
  say("ending", ending);
  say("detail", detail);
}
template <IsA<Loss> Self, class Say>
void fields(Self& self, Say&& say) {
  auto& [death, rounding, last, among, returned, told, array_length, before] = self;
  say("death", death);
  say("rounding", rounding);
  say("last", last);
  say("among", among);
  say("returned", returned);
  say("told", told);
  say("array_length", array_length);
  say("before", before);
}
template <IsA<JuryPart> Self, class Say>
void fields(Self& self, Say&& say) {
  auto& [jury, pieces, drawn, next, open, lost, tallies, ended, contradiction] = self;
  say("jury", jury);
  say("pieces", pieces);
  say("drawn", drawn);
  say("next", next);
  say("open", open);
  say("lost", lost);
  say("tallies", tallies);
  say("ended", ended);
  say("contradiction", contradiction);
}
template <IsA<TrialPart> Self, class Say>
void fields(Self& self, Say&& say) {
  auto& [place, expected, target, juries, losses, printed, words, filtered, unfiltered, failure,
         ended] = self;
  say("place", place);
  say("expected", expected);
  say("target", target);
  say("juries", juries);
  say("losses", losses);
  say("printed", printed);
  say("words", words);
  say("filtered", filtered);
  say("unfiltered", unfiltered);
  say("failure", failure);
  say("ended", ended);
}
template <IsA<Shard> Self, class Say>
void fields(Self& self, Say&& say) {
  auto& [index, count] = self;
  say("index", index);
  say("count", count);
}
template <IsA<ShardFile> Self, class Say>
void fields(Self& self, Say&& say) {
  auto& [run, words, shard, ended, trials] = self;
  say("run", run);
  say("words", words);
  say("shard", shard);
  say("ended", ended);
  say("trials", trials);
}

}  // namespace napier
