"""python -m tintuc"""

import sys

from tintuc.cli import main

sys.exit(main())
