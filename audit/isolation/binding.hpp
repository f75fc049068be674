// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

// Who is called when a foreign object calls a function by name.
//
// The loader asks the program and its libraries first, so an object that defines its own exp and
// calls it would be given libm's, which Napier has loaded: that of a program which links the object
// before libm, as its users do, is the object's own. So objects are loaded with RTLD_DEEPBIND: an
// object and what it depends on come before everybody else. Of the other ways, a child that links
// no libm needs a program of its own (the C++ library links libm), and dlmopen gives the object
// another libc, whose errno and threads are not ours.
//
// Two things do not bear RTLD_DEEPBIND: the runtime of a sanitizer, which ends the process, and a
// malloc other than libc's (LD_PRELOAD), which would be asked for memory that libc's free gets.
// There the flag is left out, and an object whose functions are then passed by is refused.
namespace napier {

/// RTLD_DEEPBIND, or 0 where it can't be had.
int binding_flag();

/// Why it can't be had, in words; empty if it can.
std::string why_not_bound_deeply();

/// The first function of the object's own, or of what it was linked with, that its calls don't
/// reach, since the loader gave them somebody else's: "exp"; empty if there is none. `handle` is
/// from dlopen, all of it bound.
std::string passed_by(void* handle);

/// Where the functions come from that the object calls by name, those of libc and of C++ left out:
/// "exp from itself; ldexp from /lib/libm.so.6". Empty if there are none.
std::string bindings_text(void* handle);

}  // namespace napier
