# Read by ctest, before it runs tests.
#
# napier_suites(<label> <executable> <timeout>)
#
# Each suite of a GoogleTest executable becomes one ctest test, LABEL.SUITE: a process of its own
# for every small test would cost more than most of them. Suites of many tests are dealt out to
# several, "LABEL.SUITE, 2 of 3", so that two cores end together. A failure names its test; which
# tests a suite has is seen by EXECUTABLE --gtest_list_tests. Where NAPIER_LONG or
# NAPIER_EACH_TEST is set, each test is a ctest test, LABEL.SUITE.TEST.
function(napier_suites label executable timeout)
  if(NOT EXISTS "${executable}")
    add_test("${label}.not_built" "${executable}")
    return()
  endif()
  execute_process(COMMAND "${executable}" --gtest_list_tests
    OUTPUT_VARIABLE listed RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "${executable} --gtest_list_tests: ${failed}\n${listed}")
  endif()
  # Names of tests may be followed by "  # GetParam() = …", of any text.
  string(REGEX REPLACE "[^\n]*gtest_main[^\n]*\n" "" listed "${listed}")
  string(REGEX REPLACE " *#[^\n]*" "" listed "${listed}")
  string(REGEX REPLACE "[^\n]*DISABLED_[^\n]*\n" "" listed "${listed}")
  string(REPLACE "\n" ";" listed "${listed}")
  set(suite "")
  set(suites "")
  foreach(line IN LISTS listed)
    if(line MATCHES "^  (.+)$")
      list(APPEND tests_of_${suite} "${CMAKE_MATCH_1}")
    elseif(line MATCHES "^(.+)\\.$")
      set(suite "${CMAKE_MATCH_1}")
      list(APPEND suites "${suite}")
    endif()
  endforeach()
  if(suites STREQUAL "")
    message(FATAL_ERROR "${executable} has no test")
  endif()
  foreach(suite IN LISTS suites)
    if(DEFINED ENV{NAPIER_LONG} OR DEFINED ENV{NAPIER_EACH_TEST})
      foreach(test IN LISTS tests_of_${suite})
        napier_suite_test("${label}.${suite}.${test}" "${suite}.${test}" "")
      endforeach()
      continue()
    endif()
    list(LENGTH tests_of_${suite} count)
    math(EXPR hands "(${count} + 31) / 32")
    if(hands EQUAL 1)
      napier_suite_test("${label}.${suite}" "${suite}.*" "")
      continue()
    endif()
    foreach(hand RANGE 1 ${hands})
      math(EXPR index "${hand} - 1")
      napier_suite_test("${label}.${suite}, ${hand} of ${hands}" "${suite}.*"
        "GTEST_TOTAL_SHARDS=${hands};GTEST_SHARD_INDEX=${index}")
    endforeach()
  endforeach()
endfunction()

# One ctest test of what passes a filter; nothing passing it is a failure. It is skipped where each
# of its tests is: GoogleTest's last lines are then their names.
macro(napier_suite_test name filter environment)
  set(skipped "  SKIPPED . ")
  add_test("${name}" "${executable}" "--gtest_filter=${filter}")
  set_tests_properties("${name}" PROPERTIES LABELS "${label}" TIMEOUT "${timeout}"
    ENVIRONMENT "${environment}"
    FAIL_REGULAR_EXPRESSION "==========. 0 tests from 0 test suites ran"
    SKIP_REGULAR_EXPRESSION
      "PASSED  . 0 tests\\.\n.${skipped}[0-9]+ tests?, listed below:\n(.${skipped}[^\n]*\n)+$")
endmacro()
