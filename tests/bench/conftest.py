import pytest

from bench.generate import main

SMALL = ["--rows", "20000", "--agents", "40", "--teams", "4", "--weeks", "6"]


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """20,000 rows in both forms, with 500 corrected and 500 late ones."""
    made = tmp_path_factory.mktemp("bench")
    extra = ["--csv", "--parquet", "--corrections", "500", "--late", "500"]
    main([*SMALL, *extra, "--out", str(made)])
    return made
