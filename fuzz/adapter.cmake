# irc_conform_fuzz_adapter(NAME SOURCES FILE...): fuzz_differential with an adapter of your own, which
# FILEs define (irc_conform_adapter.h). Where the compiler is clang, NAME is the libFuzzer binary,
# built on demand; replay_NAME plays files, with any compiler.
function(irc_conform_fuzz_adapter name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES")
  set(target ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/targets/fuzz_differential.cc)
  add_executable(replay_${name} EXCLUDE_FROM_ALL ${target} ${arg_SOURCES})
  target_compile_features(replay_${name} PRIVATE cxx_std_20)  # It may be another project's.
  target_link_libraries(replay_${name} PRIVATE fuzz_replay)
  if(NOT TARGET fuzz_differential_oracles)
    return()
  endif()
  add_executable(${name} EXCLUDE_FROM_ALL ${target} ${arg_SOURCES})
  target_compile_features(${name} PRIVATE cxx_std_20)
  target_compile_options(${name} PRIVATE -fsanitize=fuzzer-no-link)
  target_link_libraries(${name} PRIVATE fuzz_differential_oracles)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer,address,undefined)
  add_dependencies(${name} libfuzzer)
endfunction()
