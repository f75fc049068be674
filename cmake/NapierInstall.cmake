# What an installed Napier is: the command, the library, its headers, and how CMake and pkg-config
# find them.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/napier")
file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/generated/napier-config.cmake" @ONLY CONTENT [=[
# find_package(napier): napier::napier (C API), and with COMPONENTS gtest napier::gtest.
include(CMakeFindDependencyMacro)
if("gtest" IN_LIST napier_FIND_COMPONENTS)
  find_dependency(GTest)
endif()
include("${CMAKE_CURRENT_LIST_DIR}/napier-targets.cmake")
if(TARGET GTest::gtest)
  set_property(TARGET napier::gtest APPEND PROPERTY INTERFACE_LINK_LIBRARIES GTest::gtest)
endif()
foreach(component IN LISTS napier_FIND_COMPONENTS)
  set(napier_${component}_FOUND OFF)
  if(component STREQUAL "gtest" AND TARGET GTest::gtest)
    set(napier_${component}_FOUND ON)
  elseif(napier_FIND_REQUIRED_${component})
    set(napier_FOUND OFF)
    set(napier_NOT_FOUND_MESSAGE "napier has no component '${component}': there is gtest")
  endif()
endforeach()
]=])
write_basic_package_version_file("${PROJECT_BINARY_DIR}/generated/napier-config-version.cmake"
  COMPATIBILITY SameMinorVersion)
# Relative to where the file lies, so that the tree may be installed anywhere.
file(RELATIVE_PATH pkgconfig_to_prefix "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/generated/napier.pc" @ONLY CONTENT [=[
prefix=${pcfiledir}/@pkgconfig_to_prefix@
includedir=${prefix}/@CMAKE_INSTALL_INCLUDEDIR@
libdir=${prefix}/@CMAKE_INSTALL_LIBDIR@

Name: napier
Description: @PROJECT_DESCRIPTION@
Version: @PROJECT_VERSION@
Cflags: -I${includedir}
Libs: -L${libdir} -lnapier
]=])

install(TARGETS napier COMPONENT command)
install(EXPORT napier NAMESPACE napier:: FILE napier-targets.cmake
  DESTINATION "${package_folder}" COMPONENT development)
install(FILES "${PROJECT_BINARY_DIR}/generated/napier-config.cmake"
  "${PROJECT_BINARY_DIR}/generated/napier-config-version.cmake"
  DESTINATION "${package_folder}" COMPONENT development)
install(FILES "${PROJECT_BINARY_DIR}/generated/napier.pc"
  DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT development)
# Where python3 of the same prefix looks, as Debian lays it out.
set(NAPIER_PYTHON_DIR "lib/python3/dist-packages" CACHE STRING
  "The folder for napier.py, below the prefix")
install(FILES python/napier.py DESTINATION "${NAPIER_PYTHON_DIR}" COMPONENT python)
# The manual and the completions are the program's own words (cli/manual_command.cpp).
set(manual_folder "${PROJECT_BINARY_DIR}/generated/manual")
file(MAKE_DIRECTORY "${manual_folder}")
add_custom_command(OUTPUT "${manual_folder}/napier.1.gz"
  COMMAND napier manual man > napier.1
  COMMAND gzip -9nf napier.1
  COMMAND napier manual bash > napier.bash
  COMMAND napier manual zsh > _napier
  COMMAND napier manual fish > napier.fish
  DEPENDS napier WORKING_DIRECTORY "${manual_folder}" COMMENT "The manual" VERBATIM)
add_custom_target(napier_manual ALL DEPENDS "${manual_folder}/napier.1.gz")
install(FILES "${manual_folder}/napier.1.gz"
  DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT command)
install(FILES "${manual_folder}/napier.bash"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" RENAME napier
  COMPONENT command)
install(FILES "${manual_folder}/_napier"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions" COMPONENT command)
install(FILES "${manual_folder}/napier.fish"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d" COMPONENT command)
install(PROGRAMS scripts/ci/audit.sh DESTINATION "${CMAKE_INSTALL_DATADIR}/napier/ci"
  COMPONENT command)
install(FILES scripts/ci/gitlab.yml DESTINATION "${CMAKE_INSTALL_DATADIR}/napier/ci"
  COMPONENT command)

file(GLOB documents docs/*.md docs/report.schema.json)
install(FILES README.md README.ja.md CHANGELOG.md ${documents}
  DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/napier" COMPONENT command)

# Who makes the package answers for it: as Debian's tools, by DEBFULLNAME and DEBEMAIL.
set(NAPIER_MAINTAINER "$ENV{DEBFULLNAME} <$ENV{DEBEMAIL}>")
if(NAPIER_MAINTAINER STREQUAL " <>")
  set(NAPIER_MAINTAINER "The Napier authors <root@localhost>")
endif()

# Four packages: the command, the library, what programs are built from, and the Python module.
# Their changelog is that of the package; what changed in Napier is a document of the command's.
string(TIMESTAMP made "%a, %d %b %Y %H:%M:%S +0000" UTC)  # SOURCE_DATE_EPOCH, if it is set
file(CONFIGURE OUTPUT "${manual_folder}/changelog" @ONLY CONTENT [=[
napier (@PROJECT_VERSION@) unstable; urgency=medium

  * Version @PROJECT_VERSION@: see CHANGELOG.md in /usr/share/doc/napier.

 -- @NAPIER_MAINTAINER@  @made@
]=])
execute_process(COMMAND gzip -9nkf changelog WORKING_DIRECTORY "${manual_folder}")
file(READ LICENSE licence)
file(CONFIGURE OUTPUT "${manual_folder}/copyright" @ONLY
  CONTENT "Napier\nCopyright: 2026 The Napier authors\n\n@licence@")
function(napier_package component name section summary)
  install(FILES "${manual_folder}/copyright" "${manual_folder}/changelog.gz"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/${name}" COMPONENT ${component})
  string(TOUPPER "${component}" upper)
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME "${name}" PARENT_SCOPE)
  set(CPACK_DEBIAN_${upper}_PACKAGE_SECTION "${section}" PARENT_SCOPE)
  set(CPACK_DEBIAN_${upper}_DESCRIPTION "${summary}" PARENT_SCOPE)
  if(ARGN)
    set(CPACK_DEBIAN_${upper}_PACKAGE_DEPENDS "${ARGN}" PARENT_SCOPE)
  endif()
endfunction()
set(same_version "(= ${PROJECT_VERSION})")
napier_package(command napier math "audits exponential functions against rigorous oracles
Napier tries implementations of exp, pow, log and their kin by the laws
that they must obey and by a high-precision oracle, and says which claims
stand and which are refuted by what exact arguments.")
napier_package(library libnapier1 libs "audits exponential functions - shared library
The library that other programs and languages audit their functions with,
in their own process: accuracy, the laws of exponentials, special values,
order, flags and errno, judged against enclosures of the true values.")
napier_package(development libnapier-dev libdevel "audits exponential functions - headers
The C functions of napier/napier.h, and headers that make an audit a suite of
GoogleTest tests." "libnapier1 ${same_version}")
napier_package(python python3-napier python "audits exponential functions - Python module
Audits any callable of Python, of single numbers or of NumPy's arrays: what
it claims about its errors stands, or is refuted by exact arguments. Arrays
are not copied, and pytest shows the witnesses of what fails."
  "python3, libnapier1 ${same_version}")
set(CPACK_DEBIAN_PYTHON_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_PYTHON_PACKAGE_RECOMMENDS python3-numpy)
set(CPACK_DEBIAN_PYTHON_PACKAGE_SHLIBDEPS OFF)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SHLIBDEPS OFF)
# Debian's way to have the loader find a new library.
file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/generated/library/triggers" @ONLY
  CONTENT "activate-noawait ldconfig\n")
file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/generated/library/shlibs" @ONLY
  CONTENT "libnapier 1 libnapier1 (>= @PROJECT_VERSION@)\n")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA "${PROJECT_BINARY_DIR}/generated/library/triggers"
  "${PROJECT_BINARY_DIR}/generated/library/shlibs")
# What Python compiled of the module goes with it.
file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/generated/python/prerm" @ONLY CONTENT [=[
#!/bin/sh
set -e
if command -v py3clean >/dev/null; then
  py3clean -p python3-napier
fi
]=])
set(CPACK_DEBIAN_PYTHON_PACKAGE_CONTROL_EXTRA "${PROJECT_BINARY_DIR}/generated/python/prerm")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SUGGESTS "libgtest-dev, librapidcheck-dev")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME napier)
set(CPACK_PACKAGE_VENDOR "The Napier authors")
set(CPACK_PACKAGE_CONTACT "${NAPIER_MAINTAINER}")
set(CPACK_COMPONENTS_ALL command library development python)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")  # each package has its own
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
include(CPack)
