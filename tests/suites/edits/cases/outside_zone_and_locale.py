"""Outside of the repository: time zone and locale."""

from ..harness.edits import variable
from ..harness.model import again, same

CLAUSE = "outside: variables"
PROJECTS = {"zone": {}, "locale": {"env": {"LC_ALL": ""}}}
CASES = [
    # Time zone
    again(
        "zone_of_strftime",
        'import time\nshow(time.strftime("%Z", time.localtime(0)))',
        variable(TZ="XYZ-3"),
        first="UTC",
        then="XYZ",
        project="zone",
    ),
    again(
        "zone_of_tzname",
        "import time\nshow(time.tzname[0])",
        variable(TZ="XYZ-3"),
        first="UTC",
        then="XYZ",
        project="zone",
    ),
    again(
        "zone_of_localtime",
        "import time\nshow(time.localtime(0).tm_hour)",
        variable(TZ="XYZ-3"),
        first="0",
        then="3",
        project="zone",
    ),
    again(
        "zone_of_timezone",
        "import time\nshow(time.timezone)",
        variable(TZ="XYZ-3"),
        first="0",
        then="-10800",
        project="zone",
    ),
    again(
        "zone_of_datetime",
        """
        from datetime import datetime, timezone
        show(datetime.fromtimestamp(0, timezone.utc).astimezone().hour)
        """,
        variable(TZ="XYZ-3"),
        first="0",
        then="3",
        project="zone",
    ),
    again(
        "zone_of_fromtimestamp",
        """
        from datetime import datetime
        show(datetime.fromtimestamp(0).hour)
        """,
        variable(TZ="XYZ-3"),
        first="0",
        then="3",
        project="zone",
    ),
    again(
        "zone_of_environ",
        'import os\nshow(os.environ["TZ"])',
        variable(TZ="XYZ-3"),
        first="UTC",
        then="XYZ-3",
        project="zone",
    ),
    again(
        "zone_in_a_module",
        "import CASE_module\nshow(CASE_module.hour)",
        variable(TZ="XYZ-3"),
        files={
            "lib/CASE_module.py": "from datetime import datetime\n"
            "hour = datetime.fromtimestamp(0).hour\n"
        },
        first="0",
        then="3",
        project="zone",
    ),
    same("zone_not_looked_at", 'show("one")', variable(TZ="XYZ-3"), project="zone"),
    same(
        "zone_of_a_fixed_time",
        """
        from datetime import datetime, timezone
        show(datetime.fromtimestamp(0, timezone.utc).hour)
        """,
        variable(TZ="XYZ-3"),
        first="0",
        project="zone",
    ),
    same(
        "zone_of_seconds",
        "import time\ntime.time()\nshow('one')",
        variable(TZ="XYZ-3"),
        project="zone",
    ),
    # Locale
    again(
        "locale_of_lang",
        'import os\nshow(os.environ.get("LANG"))',
        variable(LANG="C", LC_ALL="C"),
        first="C.UTF-8",
        then="C",
        project="locale",
    ),
    again(
        "locale_set",
        """
        import locale
        show(locale.setlocale(locale.LC_ALL, ""))
        """,
        variable(LANG="C", LC_ALL="POSIX"),
        first="C.UTF-8",
        then="C",
        project="locale",
    ),
    again(
        "locale_got",
        "import locale\nshow(locale.getlocale()[1])",
        variable(LANG="C", LC_ALL="POSIX"),
        first="UTF-8",
        then="None",
        project="locale",
    ),
    again(
        "locale_default",
        """
        import locale, warnings
        warnings.simplefilter("ignore")
        show(locale.getdefaultlocale()[1])
        """,
        variable(LANG="C", LC_ALL="POSIX"),
        first="UTF-8",
        then="None",
        project="locale",
    ),
    again(
        "locale_of_gettext",
        """
        import gettext
        show(gettext.find("CASE", "CASE/locale") is not None)
        """,
        variable(LANGUAGE="fr"),
        first="False",
        then="True",
        files={"docs/tutorials/CASE/locale/fr/LC_MESSAGES/CASE.mo": ""},
        project="locale",
    ),
    same(
        "locale_not_looked_at",
        'show("one")',
        variable(LANG="C", LC_ALL="POSIX"),
        project="locale",
    ),
    same(
        "locale_while_reading",
        'show(open("CASE/data.csv", encoding="utf-8").read())',
        variable(LANG="C", LC_ALL="POSIX"),
        project="locale",
    ),
]
