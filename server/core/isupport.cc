#include "server/core/isupport.h"

namespace irc {
namespace {

// Modern IRC, RPL_ISUPPORT: what a value may not hold as it is.
std::string escaped(std::string_view value) {
  std::string text;
  for (const char byte : value) {
    switch (byte) {
      case ' ':
        text += "\\x20";
        break;
      case '=':
        text += "\\x3D";
        break;
      case '\\':
        text += "\\x5C";
        break;
      default:
        text += byte;
    }
  }
  return text;
}

}  // namespace

std::vector<std::string> isupport_tokens(const ServerConfig& config) {
  const Limits& limits = config.limits;
  const auto token = [](const char* name, std::size_t value) {
    return name + std::to_string(value);
  };
  const std::string targets = std::to_string(limits.targets_max);
  const std::string masks = std::to_string(limits.masks_max);
  std::vector<std::string> tokens = {
      token("AWAYLEN=", limits.away_bytes_max),
      "BOT=B",
      "CASEMAPPING=" + std::string(isupport_value(config.casemapping)),
      token("CHANLIMIT=#:", limits.channels_max),
      "CHANMODES=Ibe,k,l,imnst",
      token("CHANNELLEN=", limits.channel_bytes_max),
      "CHANTYPES=#",
      "ELIST=CMNTU",
      "EXCEPTS=e",
      "INVEX=I",
      token("KEYLEN=", limits.key_bytes_max),
      token("KICKLEN=", limits.kick_bytes_max),
      "MAXLIST=I:" + masks + ",b:" + masks + ",e:" + masks,
      token("MODES=", limits.modes_with_parameter_max),
      "NETWORK=" + escaped(config.network),
      token("NICKLEN=", limits.nick_bytes_max),
      "PREFIX=(ov)@+",
      "STATUSMSG=@+",
      "TARGMAX=JOIN:,KICK:,KILL:1,LIST:" + targets + ",NAMES:" + targets + ",NOTICE:" + targets +
          ",PART:,PRIVMSG:" + targets + ",TAGMSG:" + targets + ",WHOIS:1,WHOWAS:1",
      token("TOPICLEN=", limits.topic_bytes_max),
      token("USERLEN=", limits.user_bytes_max),
  };
  if (config.utf8_only) tokens.emplace_back("UTF8ONLY");
  return tokens;
}

}  // namespace irc
