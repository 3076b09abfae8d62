"""The pages: what waits, organisations, asks, actions, changes, the account, why one sees what."""
