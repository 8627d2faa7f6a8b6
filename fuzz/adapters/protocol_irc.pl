#!/usr/bin/perl
# The framer and the parser of Protocol::IRC (package libprotocol-irc-perl), for fuzz_differential.
# It speaks over the pipe by itself: fuzz/README.md, "Over a pipe".
use strict;
use warnings;

use Protocol::IRC;
use Protocol::IRC::Message;

my @readings = qw(
  framing/bare-cr-is-data
  parsing/empty-source-refused parsing/leading-spaces-refused parsing/no-parameter-limit
  parsing/nul-is-data parsing/tags-not-unescaped
);

sub item { my ($kind, $content) = @_; return $kind . pack('N', length $content) . $content }

# on_read makes messages of the lines that it finds: here only the lines are kept.
sub frames {
  my ($buffer, $lines) = ('', '');
  return item('D', 'a LF without CR in front is never passed') if join('', @_) =~ /(?<!\r)\n/;
  no warnings 'redefine';
  local *Protocol::IRC::Message::new_from_line = sub { $lines .= item('L', $_[1]); return };
  local *Protocol::IRC::incoming_message = sub { };
  for my $read (@_) {
    $buffer .= $read;
    Protocol::IRC->on_read($buffer);
  }
  return $lines;
}

# What no reading tells.
sub difference {
  my ($tags, $rest) = $_[0] =~ /^(?:\@([^ ]*) +)?(.*)/s;
  return 'there are no empty tags' if defined $tags && $tags eq '';
  return 'a key of a tag has only letters, digits and ./-'
    if defined $tags && grep { !m{^[a-zA-Z0-9./-]+(=|$)} } split /;/, $tags;
  return "a ' :' begins the last parameter, even where the command should be" if $rest =~ /^ +:/;
  return 'a command is capitalised as Latin-1, and the byte df becomes SS'
    if $rest =~ /^(?::[^ ]+ +)?[^ ]*\xdf/;
  my ($words) = $rest =~ /^(:?.*?)(?: +:|$)/s;
  return 'a TAB stands in the last parameter only' if $words =~ /\t/;
  return;
}

sub message {
  my $why = difference($_[0]);
  return item('D', $why) if defined $why;
  local $SIG{__WARN__} = sub { };
  my $message = eval { Protocol::IRC::Message->new_from_line($_[0]) } or return '';
  my $tags = $message->tags;
  return join '',
    (map { item('K', $_) . item('V', $tags->{$_} // '') } sort keys %$tags),
    (defined $message->prefix ? item('S', $message->prefix) : ''),
    item('C', $message->command), map { item('A', $_) } $message->args;
}

sub answer {
  my @items = @_;
  my $kind = $items[0][0];
  return message($items[0][1]) if $kind eq 'P';
  return frames(map { $_->[1] } grep { $_->[0] eq 'F' } @items) if $kind ne 'H';
  return join '', item('N', 'Protocol::IRC'), (map { item('R', $_) } @readings),
    item('B', 'unlimited'), item('T', 'unlimited'), item('F', ''), item('P', '');
}

binmode $_ for *STDIN, *STDOUT;
$| = 1;
while (read(STDIN, my $head, 4) == 4) {
  my $left = unpack 'N', $head;
  my $body = '';
  read STDIN, $body, $left;
  my @items;
  while ($body =~ s/^(.)(.{4})//s) {
    my ($kind, $length) = ($1, unpack 'N', $2);
    push @items, [$kind, substr $body, 0, $length, ''];
  }
  my $answer = answer(@items);
  print pack('N', length $answer), $answer;
}
