"""One module a command: plain values in, a result out. They read and write the disk through others, and print nothing."""
