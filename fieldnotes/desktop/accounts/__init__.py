"""Accounts: everything that is known about one customer on one page."""
