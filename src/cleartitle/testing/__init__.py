"""Help for testing against cleartitle: a Hub that serves a folder.

:mod:`cleartitle.testing.hub` is for the tests of this package and for the CI of those who use it. Nothing here is
imported by the rest of the package, and nothing here reads a card or a license with the package's own readers: the
fixture Hub has its own small ones, so that a mistake shows as a difference.
"""
