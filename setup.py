"""Build the extension from csrc/ against the system's ICU and PCRE2; everything else is in pyproject.toml."""

import subprocess
import sys
from glob import glob

from setuptools import Extension, setup

PACKAGES = ["icu-uc", "libpcre2-8"]
HINT = (
    "tintuc needs ICU, PCRE2 and pkg-config to build: Debian/Ubuntu: apt-get install gcc libicu-dev libpcre2-dev pkg-config; "
    "Fedora: dnf install gcc libicu-devel pcre2-devel pkgconf-pkg-config; macOS: brew install icu4c pcre2 pkg-config "
    "and add icu4c's lib/pkgconfig to PKG_CONFIG_PATH"
)


def pkg_config(flag: str) -> list[str]:
    try:
        found = subprocess.run(["pkg-config", flag, *PACKAGES], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        sys.exit(HINT)
    return found.stdout.split()


def extension() -> Extension:
    return Extension(
        "tintuc._core",
        sources=sorted(glob("csrc/core/*/*.c") + glob("csrc/py/*.c")),
        depends=sorted(
            glob("csrc/include/tintuc/*.h") + glob("csrc/core/*/*.h") + glob("csrc/core/*/*.inc") + glob("csrc/py/*.h")
        ) + ["csrc/Makefile"],
        include_dirs=["csrc/include", "csrc/core", "csrc/py"],
        extra_compile_args=[
            "-std=c11", "-D_POSIX_C_SOURCE=200809L", "-O3", "-ffp-contract=off", "-fvisibility=hidden", "-pthread",
            *pkg_config("--cflags"),
        ],
        extra_link_args=[*pkg_config("--libs"), "-lm", "-pthread"],
    )


setup(ext_modules=[extension()])
