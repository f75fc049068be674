find_package(GTest REQUIRED)

# The headers of every test, read once for all of them.
file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/generated/test_headers.cpp" CONTENT "")
add_library(napier_test_headers STATIC "${PROJECT_BINARY_DIR}/generated/test_headers.cpp")
set_target_properties(napier_test_headers PROPERTIES CXX_EXTENSIONS OFF)
target_link_libraries(napier_test_headers PRIVATE napier_options GTest::gmock fmt::fmt)
napier_quick(napier_test_headers)
target_precompile_headers(napier_test_headers PRIVATE
  <fmt/format.h> <gmock/gmock.h> <gtest/gtest.h>)

# napier_test(<label> <executable> LINKS <target>... [EXCEPT <regex>])
#
# One GoogleTest executable from the .cpp files below this folder; each of its suites is a ctest
# test or a few (NapierSuites.cmake). A folder without sources makes none. What lies in fixtures/ is
# made into napier_fixtures.
function(napier_test label executable)
  cmake_parse_arguments(PARSE_ARGV 2 test "" "EXCEPT" "LINKS")
  napier_fixtures("${CMAKE_CURRENT_SOURCE_DIR}/fixtures")
  napier_sources(sources EXCEPT "^(.*/)?fixtures/")
  if(test_EXCEPT)
    list(FILTER sources EXCLUDE REGEX "${test_EXCEPT}")
  endif()
  if(NOT sources)
    return()
  endif()
  add_executable(${executable} ${sources})
  set_target_properties(${executable} PROPERTIES CXX_EXTENSIONS OFF)
  target_link_libraries(${executable} PRIVATE
    napier_options ${test_LINKS} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${executable} PRIVATE
    "NAPIER_SOURCE_DIR=\"${PROJECT_SOURCE_DIR}\"" "NAPIER_BINARY_DIR=\"${PROJECT_BINARY_DIR}\"")
  napier_quick(${executable})
  napier_together(${executable})
  target_precompile_headers(${executable} REUSE_FROM napier_test_headers)
  set(suites "${CMAKE_CURRENT_BINARY_DIR}/${executable}_suites.cmake")
  file(CONFIGURE OUTPUT "${suites}" @ONLY CONTENT [=[
include("@PROJECT_SOURCE_DIR@/cmake/NapierSuites.cmake")
napier_suites("@label@" "@CMAKE_CURRENT_BINARY_DIR@/@executable@" "@NAPIER_TEST_TIMEOUT@")
]=])
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${suites}")
endfunction()

# napier_script_tests(): each *_test.py and *_test.sh below this folder is one ctest test, named
# by its path. It finds the tree, the build and the command in its environment, and ends with 77
# where it can't be run.
function(napier_script_tests)
  # The system's own python3 first: python3-jsonschema is installed for that one.
  find_program(NAPIER_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
  find_program(NAPIER_PYTHON python3 REQUIRED)
  file(GLOB_RECURSE scripts CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}"
    *_test.py *_test.sh)
  set(environment "PYTHONDONTWRITEBYTECODE=1"
    "NAPIER_SOURCE_DIR=${PROJECT_SOURCE_DIR}" "NAPIER_BINARY_DIR=${PROJECT_BINARY_DIR}"
    "NAPIER=${PROJECT_BINARY_DIR}/napier" "CXX=${CMAKE_CXX_COMPILER}" "NM=${CMAKE_NM}")
  foreach(script IN LISTS scripts)
    cmake_path(GET script STEM LAST_ONLY stem)
    cmake_path(GET script PARENT_PATH folder)
    set(interpreter "sh")
    if(script MATCHES "\\.py$")
      set(interpreter "${NAPIER_PYTHON}")
    endif()
    add_test(NAME "${folder}.${stem}"
      COMMAND "${interpreter}" "${CMAKE_CURRENT_SOURCE_DIR}/${script}")
    set_tests_properties("${folder}.${stem}" PROPERTIES
      LABELS "${folder}" TIMEOUT ${NAPIER_TEST_TIMEOUT} ENVIRONMENT "${environment}"
      SKIP_RETURN_CODE 77)
  endforeach()
endfunction()

# napier_fixtures(<folder>): each source there becomes a shared library in <build>/fixtures, a
# target that the tests audit as so:PATH#SYMBOL. Its sins are its own: none of our flags. Like most
# such libraries it depends on libm, whether or not it calls it.
function(napier_fixtures folder)
  file(GLOB sources CONFIGURE_DEPENDS "${folder}/*.c" "${folder}/*.cpp")
  foreach(source IN LISTS sources)
    cmake_path(GET source STEM stem)
    add_library(fixture_${stem} MODULE "${source}")
    set_target_properties(fixture_${stem} PROPERTIES OUTPUT_NAME "${stem}"
      LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/fixtures" CXX_STANDARD 20)
    target_link_options(fixture_${stem} PRIVATE LINKER:--no-as-needed)
    target_link_libraries(fixture_${stem} PRIVATE m)
  endforeach()
endfunction()

# napier_wrong_code(<folder>): each source there compiles as it stands, and with NAPIER_WRONG
# defined the compiler refuses it with the words of its line "// refused: REGEX". So a test fails
# when wrong code compiles, when right code doesn't, and when the refusal has some other cause.
function(napier_wrong_code folder)
  file(GLOB sources CONFIGURE_DEPENDS "${folder}/*.cpp")
  foreach(source IN LISTS sources)
    cmake_path(GET source STEM stem)
    file(STRINGS "${source}" refusal REGEX "^// refused: ")
    list(LENGTH refusal refusals)
    if(NOT refusals EQUAL 1)
      message(FATAL_ERROR "${source}: needs one line '// refused: REGEX'")
    endif()
    string(REPLACE "// refused: " "" refusal "${refusal}")
    set(compile ${CMAKE_CXX_COMPILER} -std=c++20 -fsyntax-only -I "${PROJECT_SOURCE_DIR}"
      -I "${PROJECT_SOURCE_DIR}/audit/embedded/include")
    add_test(NAME "wrong_code.${stem}_right_compiles" COMMAND ${compile} "${source}")
    add_test(NAME "wrong_code.${stem}_wrong_is_refused"
      COMMAND ${compile} -DNAPIER_WRONG "${source}")
    set_tests_properties("wrong_code.${stem}_wrong_is_refused" PROPERTIES
      PASS_REGULAR_EXPRESSION "error: [^\n]*${refusal}")
    set_tests_properties("wrong_code.${stem}_right_compiles" "wrong_code.${stem}_wrong_is_refused"
      PROPERTIES LABELS wrong_code TIMEOUT ${NAPIER_TEST_TIMEOUT} ENVIRONMENT "LC_ALL=C")
  endforeach()
endfunction()
