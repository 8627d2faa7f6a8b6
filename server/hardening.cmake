# Flags that make a defect harder to exploit, for every target that is declared behind this.
include(CheckCXXCompilerFlag)
include(CheckLinkerFlag)
include(CheckPIESupported)

check_pie_supported(LANGUAGES CXX)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

function(irc_harden_compiling flag)
  string(MAKE_C_IDENTIFIER "IRC_HAS${flag}" known)
  # -Werror: what is only warned about does nothing.
  check_cxx_compiler_flag("-Werror ${flag}" ${known})
  if(${known})
    add_compile_options(${flag})
  endif()
endfunction()

function(irc_harden_linking flag)
  string(MAKE_C_IDENTIFIER "IRC_LINKS${flag}" known)
  check_linker_flag(CXX "${flag}" ${known})
  if(${known})
    add_link_options(${flag})
  endif()
endfunction()

irc_harden_compiling(-fstack-protector-strong)
irc_harden_compiling(-fstack-clash-protection)
irc_harden_compiling(-fcf-protection)
irc_harden_linking(-Wl,-z,relro)
irc_harden_linking(-Wl,-z,now)
irc_harden_linking(-Wl,-z,noexecstack)
# Undefined first, as distributions define it themselves, some to another level.
add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
add_compile_definitions(_GLIBCXX_ASSERTIONS)
