"""What people wrote and said: chats and calls."""
