"""The disk and git, read and written. Together with cli and aws.calls the only I/O."""
