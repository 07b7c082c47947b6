"""What a report holds and how its page is written: the parts of `toolkit.report`."""
