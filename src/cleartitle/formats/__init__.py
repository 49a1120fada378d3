"""Reading what files say of themselves: pure functions over bytes, bounded, nothing executed, nothing unpickled.

One file for each format. A file that is damaged or hostile is never an error: what could be read is returned, with a
sentence that says why the rest was not.
"""
