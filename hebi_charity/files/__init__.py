"""Attachments in private storage, served only to those who may see their owner row."""
