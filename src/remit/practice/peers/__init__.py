"""Who is alike: peers by a declared method, with how firmly each is one."""
