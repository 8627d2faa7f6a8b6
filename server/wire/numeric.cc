#include "server/wire/numeric.h"

#include <algorithm>
#include <array>

namespace irc {
namespace {

struct Prose {
  Numeric numeric;
  std::string_view text;
};

constexpr auto kProse = std::to_array<Prose>({
    // clang-format off
    {Numeric::rpl_isupport,          "are supported by this server"},
    {Numeric::rpl_endofstats,        "End of STATS report"},
    {Numeric::rpl_luserop,           "operator(s) online"},
    {Numeric::rpl_luserunknown,      "unknown connection(s)"},
    {Numeric::rpl_luserchannels,     "channels formed"},
    {Numeric::rpl_adminme,           "Administrative info"},
    {Numeric::rpl_tryagain,          "Please wait a while and try again."},
    {Numeric::rpl_unaway,            "You are no longer marked as being away"},
    {Numeric::rpl_nowaway,           "You have been marked as being away"},
    {Numeric::rpl_whoisoperator,     "is an IRC operator"},
    {Numeric::rpl_endofwho,          "End of WHO list"},
    {Numeric::rpl_whoisidle,         "seconds idle, signon time"},
    {Numeric::rpl_endofwhois,        "End of WHOIS list"},
    {Numeric::rpl_liststart,         "Users  Name"},
    {Numeric::rpl_listend,           "End of LIST"},
    {Numeric::rpl_notopic,           "No topic is set"},
    {Numeric::rpl_whoisbot,          "is a bot"},
    {Numeric::rpl_endofinvitelist,   "End of INVITE list"},
    {Numeric::rpl_endofinvexlist,    "End of channel invite exception list"},
    {Numeric::rpl_endofexceptlist,   "End of channel exception list"},
    {Numeric::rpl_endoflinks,        "End of LINKS list"},
    {Numeric::rpl_endofnames,        "End of NAMES list"},
    {Numeric::rpl_endofbanlist,      "End of channel ban list"},
    {Numeric::rpl_endofwhowas,       "End of WHOWAS"},
    {Numeric::rpl_endofinfo,         "End of INFO list"},
    {Numeric::rpl_endofmotd,         "End of MOTD command"},
    {Numeric::rpl_youreoper,         "You are now an IRC operator"},
    {Numeric::rpl_rehashing,         "Rehashing"},
    {Numeric::err_nosuchnick,        "No such nick/channel"},
    {Numeric::err_nosuchserver,      "No such server"},
    {Numeric::err_nosuchchannel,     "No such channel"},
    {Numeric::err_cannotsendtochan,  "Cannot send to channel"},
    {Numeric::err_toomanychannels,   "You have joined too many channels"},
    {Numeric::err_wasnosuchnick,     "There was no such nickname"},
    {Numeric::err_toomanytargets,    "Too many recipients"},
    {Numeric::err_noorigin,          "No origin specified"},
    {Numeric::err_invalidcapcmd,     "Invalid CAP command"},
    {Numeric::err_norecipient,       "No recipient given"},
    {Numeric::err_notexttosend,      "No text to send"},
    {Numeric::err_notoplevel,        "No toplevel domain specified"},
    {Numeric::err_wildtoplevel,      "Wildcard in toplevel domain"},
    {Numeric::err_badmask,           "Bad Server/host mask"},
    {Numeric::err_toomanymatches,    "Too many matches"},
    {Numeric::err_inputtoolong,      "Input line was too long"},
    {Numeric::err_unknowncommand,    "Unknown command"},
    {Numeric::err_nomotd,            "MOTD File is missing"},
    {Numeric::err_noadmininfo,       "No administrative info available"},
    {Numeric::err_fileerror,         "File error"},
    {Numeric::err_nonicknamegiven,   "No nickname given"},
    {Numeric::err_erroneusnickname,  "Erroneous nickname"},
    {Numeric::err_nicknameinuse,     "Nickname is already in use"},
    {Numeric::err_nickcollision,     "Nickname collision KILL"},
    {Numeric::err_unavailresource,   "Nick/channel is temporarily unavailable"},
    {Numeric::err_usernotinchannel,  "They aren't on that channel"},
    {Numeric::err_notonchannel,      "You're not on that channel"},
    {Numeric::err_useronchannel,     "is already on channel"},
    {Numeric::err_summondisabled,    "SUMMON has been disabled"},
    {Numeric::err_usersdisabled,     "USERS has been disabled"},
    {Numeric::err_notregistered,     "You have not registered"},
    {Numeric::err_needmoreparams,    "Not enough parameters"},
    {Numeric::err_alreadyregistered, "You may not reregister"},
    {Numeric::err_passwdmismatch,    "Password incorrect"},
    {Numeric::err_yourebannedcreep,  "You are banned from this server"},
    {Numeric::err_keyset,            "Channel key already set"},
    {Numeric::err_channelisfull,     "Cannot join channel (+l)"},
    {Numeric::err_unknownmode,       "is unknown mode char to me"},
    {Numeric::err_inviteonlychan,    "Cannot join channel (+i)"},
    {Numeric::err_bannedfromchan,    "Cannot join channel (+b)"},
    {Numeric::err_badchannelkey,     "Cannot join channel (+k)"},
    {Numeric::err_badchanmask,       "Bad Channel Mask"},
    {Numeric::err_banlistfull,       "Channel list is full"},
    {Numeric::err_noprivileges,      "Permission Denied- You're not an IRC operator"},
    {Numeric::err_chanoprivsneeded,  "You're not channel operator"},
    {Numeric::err_cantkillserver,    "You can't kill a server!"},
    {Numeric::err_restricted,        "Your connection is restricted!"},
    {Numeric::err_uniqopprivsneeded, "You're not the original channel operator"},
    {Numeric::err_nooperhost,        "No O-lines for your host"},
    {Numeric::err_umodeunknownflag,  "Unknown MODE flag"},
    {Numeric::err_usersdontmatch,    "Cannot change mode for other users"},
    {Numeric::err_helpnotfound,      "No help available on this topic"},
    {Numeric::err_invalidkey,        "Key is not well-formed"},
    {Numeric::rpl_whoissecure,       "is using a secure connection"},
    {Numeric::err_invalidmodeparam,  "Invalid mode parameter"},
    // clang-format on
});
static_assert(std::ranges::is_sorted(kProse, {}, &Prose::numeric));

}  // namespace

std::string code(Numeric numeric) {
  const auto number = static_cast<unsigned>(numeric);
  const auto digit = [](unsigned value) { return static_cast<char>('0' + value % 10); };
  return {digit(number / 100), digit(number / 10), digit(number)};
}

std::string_view text(Numeric numeric) {
  const auto* prose = std::ranges::lower_bound(kProse, numeric, {}, &Prose::numeric);
  return prose != kProse.end() && prose->numeric == numeric ? prose->text : std::string_view{};
}

}  // namespace irc
