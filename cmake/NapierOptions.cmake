# What whoever includes our headers needs: the language and where they are.
add_library(napier_language INTERFACE)
target_compile_features(napier_language INTERFACE cxx_std_20)
target_include_directories(napier_language INTERFACE "${PROJECT_SOURCE_DIR}")

# How our own code is compiled: one interface library, which nobody hands on.
add_library(napier_options INTERFACE)
target_link_libraries(napier_options INTERFACE napier_language)

# Contracts are asserted in any build type.
target_compile_options(napier_options INTERFACE -UNDEBUG)

# The arithmetic is the subject. No contraction into FMA, no folding of a call that is to be
# measured (gcc folds exp10 of a constant through MPFR), and no assumption of round to nearest.
target_compile_options(napier_options INTERFACE
  -ffp-contract=off -fno-builtin -frounding-math)

# A contract that is broken names its file within the tree, wherever that was built.
target_compile_options(napier_options INTERFACE "-fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=")

# A designated initialiser names what it sets and means the defaults for the rest. Of files that are
# compiled together one may use a name for itself that another defines.
target_compile_options(napier_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wno-missing-field-initializers
  $<$<NOT:$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>>:-Wshadow>
  $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor> $<$<COMPILE_LANGUAGE:CXX>:-Woverloaded-virtual>)
if(NAPIER_WERROR)
  target_compile_options(napier_options INTERFACE -Werror)
endif()

if(NAPIER_SANITIZE)
  target_compile_options(napier_options INTERFACE
    "-fsanitize=${NAPIER_SANITIZE}" -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(napier_options INTERFACE "-fsanitize=${NAPIER_SANITIZE}")
  # Under these three gcc no longer takes "&object != nullptr" for a constant expression (its bug
  # 71962), which constexpr tables need. A null pointer that is followed faults all the same.
  target_compile_options(napier_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-fno-sanitize=null>
    $<$<CXX_COMPILER_ID:GNU>:-fno-sanitize=nonnull-attribute,returns-nonnull-attribute>)
  # Nor can it tell there what is initialised: it warns of its own <regex>.
  target_compile_options(napier_options INTERFACE
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
endif()
if(NAPIER_FUZZ)
  target_compile_options(napier_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(NAPIER_COVERAGE)
  # Two threads count into the same counters.
  target_compile_options(napier_options INTERFACE
    --coverage -fprofile-abs-path -fprofile-update=atomic)
  target_link_options(napier_options INTERFACE --coverage)
endif()
