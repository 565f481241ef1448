// A script that does nothing, in more bytes than planned.
