def is_old_register(path): return True
