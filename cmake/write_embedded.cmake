# Run at build time by napier_embed: see NapierEmbed.cmake.
file(READ "${text}" content)
file(WRITE "${source}" "// Written by the build.
#include <string_view>
namespace ${namespace} {
extern const std::string_view ${name};
const std::string_view ${name} = R\"embedded(${content})embedded\";
}  // namespace ${namespace}
")
