"""The engine room: the frames that figures travel in, and how other frames become them."""
