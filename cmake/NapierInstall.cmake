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
install(FILES README.md LICENSE docs/semantics.md docs/glossary.md docs/architecture.md
  docs/manifests.md
  docs/report.schema.json DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT command)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME napier)
set(CPACK_PACKAGE_VENDOR "The Napier authors")
set(CPACK_PACKAGE_CONTACT "The Napier authors <napier@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION math)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
include(CPack)
