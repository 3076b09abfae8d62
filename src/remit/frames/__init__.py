"""The frames that figures travel in, and the one way from and to the frame that a user has."""
